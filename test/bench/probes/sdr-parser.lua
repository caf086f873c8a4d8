-- Seconds that reading one sidecar takes, by our data-only reader and by running it as KOReader does, round after round in turn.
local compiled, file, rounds = ...
package.path = compiled .. "/?.lua;" .. package.path
local ffi = require("ffi")
local read = require("src.core.sdr.lua-reader").readLuaData
local values = require("src.core.sdr.lua-value")
local clock_gettime, moment = ffi.C.clock_gettime, ffi.new("struct timespec")
local function now()
    clock_gettime(1, moment)
    return tonumber(moment.tv_sec) + tonumber(moment.tv_nsec) / 1e9
end
local function timed(work)
    collectgarbage() collectgarbage()
    local start = now()
    local result = work()
    return now() - start, result
end
local function ours()
    local input = assert(io.open(file, "rb"))
    local result = read(input:read("*a"))
    input:close()
    return assert(result.ok and result.value, result.failure)
end
local function koreaders() return dofile(file) end
local seconds = { ours = {}, koreaders = {} }
for round = 1, rounds do
    local table
    seconds.ours[round], table = timed(ours)
    local read_count = #values.listItems(values.getTable(table, "annotations"))
    assert(read_count == #koreaders().annotations, "both read the same")
    seconds.koreaders[round] = timed(koreaders)
end
return seconds
