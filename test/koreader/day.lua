-- A day with two books and one sleep, in a device's own order of events, while the loop is watched; then the network comes back.
local D = ...
local Watch = dofile((os.getenv("EMU_DRIVER"):gsub("[^/]+$", "watch.lua")))
local NetworkMgr = require("ui/network/manager")
local http = require("socket.http")
local has_ribbon = D.plugin("ribbon") ~= nil

-- To and fro: the sample books are shorter than a day.
local direction = 1
local function turn(pages)
    for _ = 1, pages do
        Watch.pass(15)
        -- As after a tap: or KOReader falls asleep over the leap in time.
        D.UIManager.event_hook:execute("InputEvent")
        if D.page() >= D.page_count() - 1 then direction = -1 elseif D.page() <= 1 then direction = 1 end
        D.turn(direction, 0.1)
    end
end

-- The driver's Kobo says that its network goes off; here it is off, too.
local is_connected = NetworkMgr.isConnected
local orders = {
    kobo = {
        sleep = function() D.suspend_kobo() end,
        wake = function() D.resume_kobo() end,
    },
    kindle = { sleep = D.suspend, wake = D.resume },
}
local order = orders[os.getenv("RIBBON_ORDER")]
if order == orders.kobo then
    local broadcast = D.UIManager.broadcastEvent
    function D.UIManager:broadcastEvent(event)
        if event.handler == "onNetworkDisconnected" then NetworkMgr.isConnected = function() return false end end
        if event.handler == "onNetworkConnected" then NetworkMgr.isConnected = is_connected end
        return broadcast(self, event)
    end
end

if has_ribbon then Watch.load(D.plugin("ribbon")) end
Watch.begin(D.plugin("ribbon"))
local function during(phase, action, settle)
    Watch.phase(phase)
    action()
    D.wait(settle)
end

during("open", function() D.open(D.books .. "/Mara Lindqvist - The Ferry Keeper.epub") end, 2)
during("turn", function() turn(60) end, 1)
during("sleep", order.sleep, 2)
Watch.pass(600)
during("wake", order.wake, 2)
turn(12)
during("close", D.close_book, 2)
during("second", function()
    D.open(D.books .. "/Mara Lindqvist - A Lamp for the Harbour.epub")
    turn(10)
    D.close_book()
end, 2)
Watch.phase(nil)
Watch.write(os.getenv("RIBBON_FIGURES"))

if has_ribbon then
    http.request(os.getenv("RIBBON_CONTROL") .. "/heal")
    D.broadcast("NetworkConnected")
    D.wait_until(function()
        local _, status = http.request(os.getenv("RIBBON_CONTROL") .. "/arrived")
        return status == 200
    end, 90, "all sessions to arrive")
    -- A second copy would come now.
    D.wait(3)
end
