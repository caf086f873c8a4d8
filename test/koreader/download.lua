-- A whole series from the sofa, over a slow network: cancelled once, then cut by a sleep, and its first volume read.
local D = ...
local Watch = dofile((os.getenv("EMU_DRIVER"):gsub("[^/]+$", "watch.lua")))
local NetworkMgr = require("ui/network/manager")
local time = require("ui/time")
local shots = os.getenv("RIBBON_SHOTS")
local function shot(name)
    if shots then D.shot(shots .. "/" .. name .. ".png") end
    D.log("screen", name, table.concat(D.texts(), " | "))
end
local function says(text, seconds)
    return D.wait_until(function() return D.has_text(text) end, seconds or 15, text .. "; on screen: " .. table.concat(D.texts(), " | "))
end
local function lines_of(command)
    local lines, pipe = {}, io.popen(command)
    for line in pipe:lines() do lines[#lines + 1] = line end
    pipe:close()
    return lines
end
local function parts() return lines_of("find '" .. os.getenv("RIBBON_HOME") .. "' -name '*.ribbon-part'") end
-- KOReader's forked copies that are not dead yet; the programs that look are left out.
local function workers()
    local command = "ps -o stat=,comm= --ppid " .. require("ffi").C.getpid()
    return #lines_of(command .. " | grep -v '^Z' | grep -Ev ' (ps|sh|grep)$'")
end
local SERIES = "Harbour Lights · Mara Lindqvist"

local orders = {
    kobo = { sleep = D.suspend_kobo, wake = D.resume_kobo },
    kindle = { sleep = D.suspend, wake = D.resume },
}
local order = orders[os.getenv("RIBBON_ORDER")]

-- The driver's Kobo says that its network goes off; here it is off, too.
local is_connected = NetworkMgr.isConnected
local broadcast = D.UIManager.broadcastEvent
function D.UIManager:broadcastEvent(event)
    if event.handler == "onNetworkDisconnected" then NetworkMgr.isConnected = function() return false end end
    if event.handler == "onNetworkConnected" then NetworkMgr.isConnected = is_connected end
    return broadcast(self, event)
end
require("ui/widget/menu").is_enable_shortcut = false
Watch.begin(D.plugin("ribbon"))

Watch.phase("browse")
D.menu("Ribbon", "Browse library…")
says("Series")
D.tap_text("Series")
says(SERIES)
D.tap_text(SERIES)
says("3. The Keeper’s Daughter")
D.top():onLeftButtonTap()
D.wait(0.3)
D.tap_text("Download all that is not here…")
says("Download 3 books")

Watch.phase("cancel")
D.tap_text("Download")
says("1 of 3 — A Lamp for the Harbour")
says("MB/s")
shot("download-popup")
D.check(#parts() == 1, "a part of the first volume is here: " .. #parts())
D.check(workers() == 1, "one worker fetches it: " .. workers())
local start = time.monotonic()
D.tap_text("Cancel")
D.wait_until(function() return workers() == 0 and #parts() == 0 end, 5, "nothing to be left of it")
D.log("cancel took", math.floor(time.to_ms(time.monotonic() - start)), "ms, of which 300 are the script's")
shot("download-cancelled")
D.wait(3)
D.check(#parts() == 0 and workers() == 0, "nothing goes on behind the reader's back")

Watch.phase("download")
D.top():onLeftButtonTap()
D.wait(0.3)
D.tap_text("Download all that is not here…")
D.tap_text("Download")
says("2 of 3", 20)
D.wait(1)
Watch.phase("sleep")
order.sleep()
D.wait(2)
D.check(#parts() == 1 and workers() == 0, "what is here of it waits for the morning")
Watch.phase("resume")
order.wake()
says("of 3 — ")
shot("download-resumed")
says("3 books downloaded", 40)
shot("download-summary")
D.tap_text("Close")
D.wait(0.3)

Watch.phase("read")
D.tap_text("1. A Lamp for the Harbour")
D.wait(1)
D.tap_text("Read")
D.wait_until(function() return D.reader() and D.reader().document end, 15, "the book to open")
D.check(D.reader().document.file:find("Harbour Lights/Vol. 1 — A Lamp for the Harbour.epub", 1, true), "it is where it was put")
D.wait(2)
D.turn(11, 1.1)
D.close_book()
D.wait(4)
Watch.phase(nil)
Watch.write(os.getenv("RIBBON_FIGURES"))
