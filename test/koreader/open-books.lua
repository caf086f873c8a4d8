-- One act of two devices whose books are open while highlights and places come and go: what RIBBON_ACT names. Ribbon is used as a
-- reader uses it, by its menu and its questions; what the book has at the end goes to RIBBON_TOLD.
local D = ...
local JSON, lfs, time = require("json"), require("libs/libkoreader-lfs"), require("ui/time")
local NetworkMgr, Event = require("ui/network/manager"), require("ui/event")
local folder = os.getenv("EMU_DRIVER"):gsub("[^/]+$", "")
local P = dofile(folder .. "prelude.lua")(D, "open-" .. os.getenv("RIBBON_ACT") .. "-")
local marking = dofile(folder .. "marking.lua")(D)
local book, act, cloud = os.getenv("RIBBON_BOOK"), os.getenv("RIBBON_ACT"), os.getenv("RIBBON_CLOUD")
local Menu = require("ui/widget/menu")
Menu.is_enable_shortcut = false

-- No Wi-Fi of the emulator's knows that the driver's Kobo lost it.
local is_connected = NetworkMgr.isConnected
local function lose_network() function NetworkMgr:isConnected() return false end end
local function find_network() NetworkMgr.isConnected = is_connected end

local function files() local count = 0; for name in lfs.dir(cloud) do if name:match("%-d%-") then count = count + 1 end end; return count end
local function open() D.open(book) D.wait(1.5) end
local function tell(more)
    local told = more or {}
    told.marks, told.page = marking.marks(), D.page()
    local file = assert(io.open(os.getenv("RIBBON_TOLD"), "w"))
    file:write(JSON.encode(told))
    file:close()
end

local function sync_now()
    D.menu("Ribbon")
    D.tap_text("Highlights sync…")
    P.says("Sync now")
    D.tap_text("Sync now")
end
-- Whether it says that it is in step. A list and the progress lie above the book until then.
local function synced()
    D.wait_until(function()
        for _, window in ipairs(D.UIManager._window_stack) do
            if window.widget.toast and window.widget.text and window.widget.text:find("in step", 1, true) then return true end
        end
    end, 60, "the sync; on screen: " .. table.concat(D.texts(), " | "))
end
local function sync() sync_now() synced() D.wait(2.5) end

-- As a Kobo falls asleep: what was sent has to be there before KOReader goes on to take the network away.
local function sleep()
    local before, start = files(), time.now()
    local Device = require("device")
    Device.screen_saver_mode = true
    D.UIManager:broadcastEvent(Event:new("NetworkDisconnecting"))
    local last_call = { ms = time.to_ms(time.since(start)), before = before, after = files() }
    lose_network()
    D.UIManager:broadcastEvent(Event:new("NetworkDisconnected"))
    D.UIManager:flushSettings()
    D.UIManager:broadcastEvent(Event:new("Suspend"))
    D.log("last call", JSON.encode(last_call))
    D.wait(1)
    return last_call
end
local function wake()
    find_network()
    D.resume_kobo()
    D.wait(2)
end

local acts = {}

function acts.kobo_sleeps()
    open()
    marking.highlight(3, 120, 120)
    D.close_book()
    sync()
    P.close_all()
    open()
    marking.highlight(5, 300, 340)
    D.goto_page(6)
    D.wait(1)
    local last_call = sleep()
    wake()
    tell { lastCall = last_call }
end

function acts.kindle_joins()
    open()
    D.check(#marking.list() == 0, "nothing is marked here yet")
    D.close_book()
    sync_now()
    P.says("The first sync of this device", 90)
    P.shot("preview")
    D.tap_text("Apply")
    synced()
    P.close_all()
    D.wait(3)
    open()
    P.says("Go there", 5)
    P.shot("asked")
    D.tap_text("Go there")
    D.wait(0.5)
    tell()
    D.close_book()
    open()
    D.check(D.top() == D.ui(), "nothing is asked twice: " .. table.concat(D.texts(), " | "))
end

-- The server takes what it is asked, and never answers.
function acts.kobo_silent()
    open()
    sync()
    P.close_all()
    marking.highlight(8, 200, 240)
    D.wait(1)
    local silent = os.getenv("RIBBON_SILENT")
    io.open(silent, "w"):close()
    local last_call = sleep()
    os.remove(silent)
    tell { lastCall = last_call }
    wake()
end

function acts.kobo_goes_on()
    open()
    marking.highlight(9, 200, 240)
    marking.delete(3)
    D.goto_page(9)
    sync()
    P.shot("synced")
    P.close_all()
    tell()
end

function acts.kindle_shows()
    open()
    local page = D.page()
    sync_now()
    P.says("for this book came from your other devices", 60)
    P.shot("offered")
    D.tap_text("Show them now")
    D.wait(1)
    -- The other question was there first.
    P.says("Stay here", 5)
    P.shot("asked")
    D.tap_text("Stay here")
    D.wait_until(function() return marking.on_page(9) end, 10, "the highlights in the book")
    D.check(D.page() == page, "whoever stays here stays")
    tell()
    D.goto_page(8)
    P.shot("put-in")
    D.goto_page(page)
    D.close_book()
    open()
    D.check(D.top() == D.ui(), "nothing is asked twice: " .. table.concat(D.texts(), " | "))
end

function acts.kindle_takes_back()
    D.menu("Ribbon")
    D.tap_text("Highlights sync…")
    D.tap_text("Trash…")
    P.shot("trash")
    D.top():onMenuSelect(D.top().item_table[1])
    P.shot("trash-book")
    D.top():onMenuSelect(D.top().item_table[1])
    D.tap_text("Put back")
    P.shot("put-back")
    P.close_all()
    open()
    sync()
    P.close_all()
    tell()
end

function acts.kobo_hears()
    sync()
    P.close_all()
    open()
    tell()
end

acts[act]()
