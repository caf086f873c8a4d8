-- Milliseconds that the plugin in a folder takes to load, with KOReader's modules loaded before.
local ffi = require("ffi")
local folder = ...
local clock_gettime, moment = ffi.C.clock_gettime, ffi.new("struct timespec")
local function now()
    clock_gettime(1, moment)
    return tonumber(moment.tv_sec) * 1e3 + tonumber(moment.tv_nsec) / 1e6
end
for name in pairs(package.preload) do require(name) end
collectgarbage() collectgarbage()
local start = now()
dofile(folder .. "/main.lua")
return now() - start
