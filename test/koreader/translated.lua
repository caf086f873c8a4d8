-- Plays another script of this folder in another language: what it taps and reads in English is looked up in the plugin's own
-- catalogue, as the plugin does it. Tells of every text that does not fit where it stands.
local D = ...
local here = debug.getinfo(1, "S").source:match("^@(.*/)")
local language = os.getenv("RIBBON_LANGUAGE")
local plugin = D.ui().ribbon.path
local catalogue = assert(loadfile(plugin .. "/l10n-" .. language .. ".lua"))()
D.check(require("gettext").current_lang == language, "KOReader speaks " .. language)

-- A text with %1 … as a pattern that gives what stands there; and the numbers of the places, in their order.
local function pattern_of(text)
    local places = {}
    local pattern = text:gsub("[%^%$%(%)%.%[%]%*%+%-%?]", "%%%0"):gsub("%%([1-9])", function(n)
        places[#places + 1] = tonumber(n)
        return "(.+)"
    end)
    return "^" .. pattern:gsub("%%([^%^%$%(%)%.%[%]%*%+%-%?])", "%%%%%1") .. "$", places
end
local entries = {}
local function add(english, words)
    local pattern, places = pattern_of(english)
    entries[#entries + 1] = { english = english, words = words, pattern = pattern, places = places, literal = #english:gsub("%%[1-9]", "") }
end
-- The English plurals, which only the .po has.
local plurals, field, msgid, texts_of = {}, nil, nil, {}
for line in io.lines(here .. "../../po/" .. language .. ".po") do
    local name, text = line:match('^(%a[%w_%[%]]*) "(.*)"$')
    if name then field, texts_of[name] = name, text else text = line:match('^"(.*)"$') if text then texts_of[field] = texts_of[field] .. text end end
    if line == "" then texts_of = {} end
    msgid = texts_of.msgid and texts_of.msgid:gsub("\\n", "\n"):gsub('\\"', '"')
    if texts_of.msgid_plural then plurals[msgid] = texts_of.msgid_plural:gsub("\\n", "\n"):gsub('\\"', '"') end
end
for english, words in pairs(catalogue.texts) do
    if type(words) == "table" then
        add(english, words[1])
        add(plurals[english], words[2])
    else
        add(english, words)
    end
end
table.sort(entries, function(a, b) return a.literal == b.literal and a.english < b.english or a.literal > b.literal end)

local function translated(text)
    local exact = catalogue.texts[text]
    if exact then return type(exact) == "table" and exact[1] or exact end
    for _, entry in ipairs(entries) do
        local found = #entry.places > 0 and entry.literal > 1 and { text:match(entry.pattern) } or {}
        if found[1] then
            local values = {}
            for i, place in ipairs(entry.places) do values[place] = translated(found[i]) end
            return (entry.words:gsub("%%([1-9])", function(n) return values[tonumber(n)] end))
        end
    end
    return text
end

local find, menu, has_text, texts = D.find, D.menu, D.has_text, D.texts
function D.find(text, widget) return find(translated(text), widget) or find(text, widget) end
function D.menu(...)
    local path = { ... }
    for i, text in ipairs(path) do path[i] = translated(text) end
    return menu(unpack(path))
end
-- Whether a part of what is on screen can be a part of this text: of what stands between its places, or of an end of it.
local function may_have(english, part)
    for piece in (english:gsub("%%[1-9]", "\0")):gmatch("%Z+") do
        if piece:find(part, 1, true) or (#piece > 7 and part:find(piece, 1, true)) then return true end
        for length = 3, math.min(#piece, #part) do
            if piece:sub(-length) == part:sub(1, length) or piece:sub(1, length) == part:sub(-length) then return true end
        end
    end
end
function D.has_text(part)
    local found = has_text(translated(part)) or has_text(part)
    if found then return found end
    for _, entry in ipairs(entries) do
        if may_have(entry.english, part) then
            local pattern = pattern_of(entry.words):gsub("%(%.%+%)", ".*"):sub(2, -2)
            for _, text in ipairs(texts()) do if text:find(pattern) then return text end end
        end
    end
end

-- What is cut off, on any window.
local told = {}
local function look(widget, seen)
    if type(widget) ~= "table" or seen[widget] then return end
    seen[widget] = true
    if widget.isTruncated and widget.text and widget:isTruncated() and not told[widget.text] then
        told[widget.text] = true
        D.log("CUT OFF", widget.text)
    end
    for key, child in pairs(widget) do if key ~= "parent" and key ~= "show_parent" and key ~= "ui" then look(child, seen) end end
end
function D.texts()
    for _, window in ipairs(D.UIManager._window_stack) do if window.widget ~= D.ui() then look(window.widget, {}) end end
    return texts()
end

assert(loadfile(here .. os.getenv("RIBBON_SCRIPT")))(D)
