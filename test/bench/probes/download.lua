-- Has a worker fetch the first file of a server's first book; `bench_download` tells what came of it.
local url, key, path, compiled = ...
package.path = compiled .. "/?.lua;" .. package.path
local new = require("lualib_bundle").__TS__New
local clock = require("src.koreader.clock").clock
local wire = require("src.koreader.wire").wire
local open_server = require("src.protocol.servers").openServer
local FilePart = require("src.koreader.part-file").FilePart
local fetch_book = require("src.app.download-job").fetchBook
local ForkedWorkers = require("src.koreader.workers").ForkedWorkers
local scheduler = require("src.koreader.scheduler").scheduler
local json = require("src.koreader.json").json
local socket = require("socket")

local function kib(name)
    for line in io.lines("/proc/self/status") do
        local value = line:match("^" .. name .. ":%s+(%d+) kB")
        if value then return tonumber(value) end
    end
end

local function job(tell)
    local rest = kib("VmRSS")
    local part = new(FilePart, path)
    local server = open_server({ id = "main", name = "bench", kind = "tome", url = url, key = key }, "bench", wire)
    local began = socket.gettime()
    fetch_book(server, "1", "1", part, nil, clock, function(news)
        news.seconds = socket.gettime() - began
        tell(news)
    end)
    tell({ kind = "memory", peak = kib("VmHWM"), rest = rest })
end

bench_download = { news = {} }
local workers = new(ForkedWorkers, { clock = clock, scheduler = scheduler, json = json })
workers:run(job, 600, {
    onMessage = function(_, news) bench_download[news.kind] = news end,
    onEnd = function(_, failure)
        bench_download.ended = failure or "well"
    end,
})
