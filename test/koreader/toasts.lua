-- What Ribbon says over a page and no single line has room for: shown whole, for long enough, and gone with the next tap.
local D = ...
local own = dofile((os.getenv("EMU_DRIVER"):gsub("[^/]+$", "own-require.lua")))(D)
local shots, language = os.getenv("RIBBON_SHOTS"), os.getenv("RIBBON_LANGUAGE") or "en"
local Notification, TextWidget = require("ui/widget/notification"), require("ui/widget/textwidget")
local Screen, socket = require("device").screen, require("socket")
local Toasts = own("src.ui.messages").Toasts

-- The toasts on screen, top to bottom; that of each line, and whether it is cut off.
local function lines()
    local found = {}
    for _, window in ipairs(D.UIManager._window_stack) do
        if window.widget.toast then table.insert(found, window.widget) end
    end
    table.sort(found, function(a, b) return a.frame.dimen.y < b.frame.dimen.y end)
    return found
end
local function is_whole(line)
    local text = TextWidget:new { text = line.text, face = Notification.face,
        max_width = Screen:getWidth() - 2 * (Notification.margin + Notification.padding) }
    local is_cut = text:isTruncated()
    text:free()
    return not is_cut
end
local function say(name, speak)
    local notices = setmetatable({ level = function() return "all" end }, Toasts.prototype)
    local before = socket.gettime()
    speak(notices)
    local took = (socket.gettime() - before) * 1000
    D.wait(0.4)
    local shown, texts = lines(), {}
    for i, line in ipairs(shown) do
        texts[i] = line.text
        D.check(is_whole(line), name .. ", line " .. i .. " has room: " .. line.text)
        D.check(i == 1 or line.frame.dimen.y >= shown[i - 1].frame.dimen.y + shown[i - 1].frame.dimen.h, "below the one before")
    end
    if shots then D.shot(shots .. "/toast-" .. name .. "-" .. language .. ".png") end
    D.log(("%s: %d lines in %.2f ms"):format(name, #shown, took), table.concat(texts, " | "))
    return texts
end

D.open(D.books .. "/Mara Lindqvist - A Lamp for the Harbour.epub")
D.wait(4)
D.check(#lines() == 0, "nothing is said")

local texts = say("short", function(notices) notices:synced(0, 0) end)
D.check(#texts == 1, "a short text is one line")
D.wait(2)
D.check(#lines() == 0, "for two seconds")

texts = say("held", function(notices) notices:highlightsHeld(12) end)
D.check(#texts > 1, "a long one has several")
D.check(Notification:getPastMessages()[1]:find(texts[1], 1, true), "KOReader's list of what was said begins with the first line")
D.wait(#texts + 0.4 - 1)
D.check(#lines() == #texts, "all of them are still there")
D.wait(1.5)
D.check(#lines() == 0, "a second longer for each line")

texts = say("damaged", function(notices) notices:damaged(3) end)
local page = D.page()
D.tap(Screen:getWidth() - 20, math.floor(Screen:getHeight() / 2))
D.check(#lines() == 0, "one tap ends them")
D.check(D.page() == page + 1, "and turns the page")

texts = say("title", function(notices)
    notices:downloaded({ done = 1, skipped = 0, failed = 0, asking = 0, title = ("Ä"):rep(60) .. " – " .. ("Straßenbahn "):rep(6) })
end)
D.check(#texts >= 3 and select(2, table.concat(texts):gsub("Ä", "")) == 60, "a word that is too long is broken between letters")
D.wait(#texts + 2)
D.close_book()
D.wait(4)

say("leaving", function(notices) notices:highlightsHeld(12) end)
D.check(#D.errors == 0, "no errors")
-- As its menu does. Its loop ends with the last window; this script with it.
D.broadcast("Exit")
D.wait(1)
error("a toast keeps KOReader open")
