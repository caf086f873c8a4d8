-- Has a worker tell of many things at once; `many_news` says how they came.
local compiled, count = ...
package.path = compiled .. "/?.lua;" .. package.path
local new = require("lualib_bundle").__TS__New
local clock = require("src.koreader.clock").clock
local ForkedWorkers = require("src.koreader.workers").ForkedWorkers
local scheduler = require("src.koreader.scheduler").scheduler
local json = require("src.koreader.json").json
local UIManager = require("ui/uimanager")
local usleep = require("ffi/util").usleep

many_news = { batches = {}, order = {}, ended = false, ["end"] = "" }
local isNew = true

local function job(tell)
    for index = 1, count do tell({ index = index }) end
end

local events = {
    onMessage = function(_, news)
        if isNew then
            isNew = false
            many_news.batches[#many_news.batches + 1] = 0
            UIManager:nextTick(function() isNew = true end)
        end
        many_news.batches[#many_news.batches] = many_news.batches[#many_news.batches] + 1
        many_news.order[#many_news.order + 1] = news.index
        usleep(2000)
    end,
    onEnd = function(_, failure)
        many_news["end"] = failure == nil and "well" or failure.reason
        many_news.ended = true
    end,
}

new(ForkedWorkers, { clock = clock, scheduler = scheduler, json = json }):run(job, 60, events)
