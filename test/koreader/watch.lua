-- Measures how long each turn of KOReader's own loop takes, from the end of one wait for input to the next, and how much of it is
-- spent in Ribbon: in handlers of its events and in tasks that it scheduled. Of that, the processor's time is measured too: a busy
-- machine or disk takes longer over the same work. What a Kobo's last call waits is kept apart.
local Input = require("device").input
local UIManager = require("ui/uimanager")
local time = require("ui/time")
local clock = time.monotonic

local Watch = {}
local phases, phase = {}, nil
local began, depth, ribbon, work, last_call = clock(), 0, 0, 0, 0

local function longest(name, value)
    if phase then phase[name] = math.max(phase[name], time.to_us(value) / 1000) end
end

local wait_event = Input.waitEvent
function Input.waitEvent(...)
    longest("loop", clock() - began - last_call)
    longest("ribbon", math.max(0, ribbon - last_call))
    longest("work", work)
    longest("last_call", last_call)
    local events = wait_event(...)
    began, ribbon, work, last_call = clock(), 0, 0, 0
    return events
end

local LONG = time.ms(10)
local function tell(what, took, cpu)
    if took < LONG or not phase then return end
    local text = "DRIVER: %s: Ribbon's %s took %.1f ms, %.1f of them at work"
    print(text:format(phase.name, what, time.to_us(took) / 1000, cpu * 1000))
end

-- The same function, whose time counts as Ribbon's; once, where one of them calls another.
local function timed(action, what, is_last_call)
    return function(...)
        local start, cpu = clock(), os.clock()
        depth = depth + 1
        local results = table.pack(pcall(action, ...))
        depth = depth - 1
        local took, worked = clock() - start, os.clock() - cpu
        if depth == 0 then
            ribbon, work = ribbon + took, work + time.s(worked)
            tell(what, took, worked)
        end
        if is_last_call then last_call = last_call + took end
        if not results[1] then error(results[2], 0) end
        return unpack(results, 2, results.n)
    end
end

local function watch_handlers(plugin)
    for name, handler in pairs(getmetatable(plugin)) do
        local is_last_call = name == "onNetworkDisconnecting"
        -- Since v2025.10 KOReader puts a table with a sandbox around handlers.
        if type(handler) == "table" and handler.f then handler.f = timed(handler.f, name, is_last_call)
        elseif type(handler) == "function" then getmetatable(plugin)[name] = timed(handler, name, is_last_call) end
    end
end

-- A guarded task is a closure around the task itself, which says more.
local function describe(action)
    local _, inner = debug.getupvalue(action, 1)
    local made = debug.getinfo(type(inner) == "function" and inner or action, "S")
    return ("task at %s:%d"):format(made.source:match("[^/]+$"), made.linedefined)
end

local function watch_tasks()
    local watched = setmetatable({}, { __mode = "k" })
    local schedule, unschedule = UIManager.schedule, UIManager.unschedule
    function UIManager:schedule(at, action, ...)
        local is_ribbons = debug.getinfo(action, "S").source:find("ribbon.koplugin", 1, true)
        if is_ribbons then watched[action] = watched[action] or timed(action, describe(action)) end
        return schedule(self, at, watched[action] or action, ...)
    end
    function UIManager:unschedule(action)
        return unschedule(self, watched[action] or action)
    end
end

-- Begins with this plugin; nothing to begin with when KOReader is measured without it.
function Watch.begin(plugin)
    if plugin then watch_handlers(plugin) end
    if plugin then watch_tasks() end
end

function Watch.phase(name)
    phase = name and { name = name, loop = 0, ribbon = 0, work = 0, last_call = 0 }
    phases[#phases + 1] = phase
end

-- Clocks go on while nobody waits: pages are looked at for long enough to count.
local now, os_time, passed = time.now, os.time, 0
function Watch.pass(seconds) passed = passed + seconds end
function time.now() return now() + time.s(passed) end
function os.time(at) return at and os_time(at) or os_time() + passed end

local function heap()
    -- What LuaJIT compiled so far is never the same twice.
    jit.flush()
    for _ = 1, 3 do collectgarbage() end
    return collectgarbage("count")
end

-- Loads the plugin anew, several times, as KOReader's start does: the KiB that stay, and the fewest milliseconds at work.
local LOADS = 9
function Watch.load(plugin)
    local before, copy, fastest = heap(), nil, math.huge
    for _ = 1, LOADS do
        local start = os.clock()
        copy = dofile(plugin.path .. "/main.lua")
        fastest = math.min(fastest, (os.clock() - start) * 1000)
    end
    Watch.load_kib, Watch.load_ms = heap() - before, fastest
    return copy
end

-- What the loading took, then one line for each phase: its name, and the longest turn of the loop, time in Ribbon, of that at work, and last call, in milliseconds.
function Watch.write(path)
    local file = assert(io.open(path, "w"))
    file:write("load ", Watch.load_kib or 0, " ", Watch.load_ms or 0, "\n")
    for _, it in ipairs(phases) do
        file:write(table.concat({ it.name, it.loop, it.ribbon, it.work, it.last_call }, " "), "\n")
    end
    file:close()
end

return Watch
