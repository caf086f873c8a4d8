-- Begins to measure the loop: a task that comes back every two milliseconds notes how long it was kept waiting.
local UIManager = require("ui/uimanager")
local now = require("ui/time").now
local kept_gaps = 12
local gaps, last = {}, nil
local function note(gap)
    if #gaps == kept_gaps and gap <= gaps[kept_gaps] then return end
    table.insert(gaps, gap)
    table.sort(gaps, function(a, b) return a > b end)
    gaps[kept_gaps + 1] = nil
end
local function tick()
    local at = now()
    if last then note((at - last) / 1e3) end
    last = now()
    UIManager:scheduleIn(0.002, tick)
end
-- The longest gaps since the last call, in milliseconds.
function bench_take_gaps()
    local taken = gaps
    gaps = {}
    return taken
end
tick()
