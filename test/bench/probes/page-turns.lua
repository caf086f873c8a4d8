-- Defines `bench_turn_pages`: it turns pages for the open book's plugin, through a sandbox as KOReader puts around handlers
-- (since v2025.10), and gives the nanoseconds of each call; then those of as many calls of nothing.
local ffi = require("ffi")
local time = require("ui/time")
local UIManager = require("ui/uimanager")
local plugin = require("apps/reader/readerui").instance.ribbon
local clock_gettime, moment = ffi.C.clock_gettime, ffi.new("struct timespec")
local function now()
    clock_gettime(1, moment)
    return tonumber(moment.tv_sec) * 1e9 + tonumber(moment.tv_nsec)
end
-- The stand-in's own sandbox measures, which takes longer than the plugin.
local function call(self, ...)
    local ok, result = pcall(self.f, ...)
    return ok and result or false
end
local handler = setmetatable({ f = plugin.onPageUpdate.f }, { __call = call })
-- Pages are looked at for long enough to count.
local shift, now_before = 0, time.now
time.now = function() return now_before() + shift end
-- The stand-in's queue is slower than KOReader's: what handlers put off joins it when they are measured.
local tick_after_next = UIManager.tickAfterNext
local put_off = {}
UIManager.tickAfterNext = function(self, ...)
    put_off[#put_off + 1] = ...
    return ...
end
local page = 0
function bench_turn_pages(count, seconds_each)
    local with, without = {}, {}
    for i = 1, count do
        shift = shift + seconds_each * 1e6
        page = page + 1
        local start = now()
        handler(plugin, page)
        with[i] = now() - start
    end
    for i = 1, count do
        local start = now()
        without[i] = now() - start
    end
    for _, task in ipairs(put_off) do tick_after_next(UIManager, task) end
    put_off = {}
    return { with = with, without = without }
end
