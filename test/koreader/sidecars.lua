-- Sidecars inside a genuine KOReader: highlights made by its own reader are read by our parser, a closed book is written and
-- opened again, annotations of another device go into a book that opens and into one on screen. Our modules are the ones that the
-- build packs (RIBBON_BUILD is where they were compiled to); nothing of the plugin calls them yet.
local D = ...
package.path = os.getenv("RIBBON_BUILD") .. "/?.lua;" .. package.path
local DocSettings = require("docsettings")
local dump = require("dump")
local clock = require("src.koreader.clock").clock
local scheduler = require("src.koreader.scheduler").scheduler
local S = require("src.koreader.sidecars.sidecars")
local native = require("src.koreader.sidecars.native")
local value = require("src.core.sdr.lua-value")
local written = require("src.core.sdr.lua-writer")
local annotation = require("src.core.sdr.annotation-item")

local book = D.books .. "/Mara Lindqvist - The Ferry Keeper.epub"
local finder = S.sidecarFinder

local function text_of(path) local file = assert(io.open(path, "rb")); local text = file:read("*a"); file:close(); return text end
local function read(file)
    local sighting = assert(finder:find(file), "no sidecar of " .. file)
    local result = S.sidecarFiles:read(sighting)
    assert(result.ok, tostring(result.failure))
    return result.value
end
-- As a worker prepares it, and the loop places it.
local function write(reading, change)
    local prepared = S.sidecarFiles:prepare(reading, change)
    if not prepared.ok then return prepared end
    return S.sidecarFiles:place(prepared.value, function() end)
end
local function list() return D.reader().annotation.annotations end
local function texts() local found = {}; for _, item in ipairs(list()) do found[#found + 1] = item.text or "?" end; return found end
local function joined() return table.concat(texts(), " | ") end
local function index_of(text) for index, item in ipairs(list()) do if item.text == text then return index end end end

local function shot(name) if os.getenv("RIBBON_SHOTS") then D.shot(os.getenv("RIBBON_SHOTS") .. "/" .. name) end end
-- What a finger selects in one line of a page, without marking it.
local function selection(page, from, to)
    D.goto_page(page)
    return assert(D.reader().document:getTextFromPositions({ x = 60, y = from }, { x = 400, y = to }, true), "no text there")
end
local function highlight(page, from, to, note)
    local highlights = D.reader().highlight
    highlights.selected_text = selection(page, from, to)
    local index = highlights:saveHighlight()
    if note then list()[index].note = note end
    highlights:clear()
    return list()[index]
end
local seconds = 0
-- As another device has it: made at another time, on a page where nothing is marked here.
local function foreign(page, from, to, fields)
    local selected = selection(page, from, to)
    seconds = seconds + 1
    local item = { datetime = ("2026-01-01 10:00:%02d"):format(seconds), drawer = "underscore", color = "green",
        text = require("util").cleanupSelectedText(selected.text), page = selected.pos0, pos0 = selected.pos0, pos1 = selected.pos1 }
    for key, field in pairs(fields or {}) do item[key] = field end
    return item
end

local function in_order()
    local doc, before = D.reader().document, nil
    for _, item in ipairs(list()) do
        if before then
            local a, b = doc:getPageFromXPointer(before.page), doc:getPageFromXPointer(item.page)
            if a > b or (a == b and before.drawer and item.drawer and doc:compareXPointers(before.page, item.page) < 0) then return false end
        end
        if item.pageno ~= doc:getPageFromXPointer(item.page) then return false end
        before = item
    end
    return true
end

-- A first reading: highlights, a note, a dog-ear; and what another device would mark, which is not saved.
D.open(book)
highlight(3, 120, 120, "a \"note\"\\ with\nlines and 📚")
highlight(2, 200, 260)
highlight(3, 300, 300)
D.goto_page(4)
D.reader().bookmark:toggleBookmark()
local closed = foreign(5, 200, 220, { note = "from the other device" })
local early = foreign(1, 400, 420)
local at_load, at_ready, elsewhere = foreign(6, 150, 190), foreign(2, 400, 440), foreign(7, 200, 240)
local digest, dom = D.reader().doc_settings:readSetting("partial_md5_checksum"), D.reader().doc_settings:readSetting("cre_dom_version")
D.close_book()

-- Reading without running.
local first = read(book)
local mine = dofile(first.file.path)
D.check(#mine.annotations == 4, "KOReader wrote four annotations")
D.check(written.luaFile(first.file.path, first.data) == first.text, "our parser and writer give KOReader's file back, byte by byte")
D.check(dump(native.toNative(first.data), nil, true) == dump(mine, nil, true), "KOReader reads from our tables what it reads from its file")
D.check(#value.listItems(value.getTable(first.data, "annotations")) == 4, "our parser sees four annotations")

-- A closed book, with the list in no order at all; in each of KOReader's three places.
local changed = { closed, early }
for _, item in ipairs(mine.annotations) do changed[#changed + 1] = item end
for index, place in ipairs({ "doc", "dir", "hash" }) do
    G_reader_settings:saveSetting("document_metadata_folder", place)
    local before = read(book)
    local result = write(before, { keys = { { key = "annotations", value = native.fromNative(changed) } } })
    D.check(result.ok, "a closed book is written in the mode " .. place)
    local after = read(book)
    D.check(after.file.place == place and select(2, DocSettings:findSidecarFile(book)) == place, "its sidecar is in " .. place)
    D.check(#after.sighting.files <= 2, "and nowhere else")
    local same, count = true, 0
    for at, key in ipairs(before.data.keys) do
        if key ~= "annotations" and key ~= "annotations_externally_modified" then
            count = count + 1
            local now = value.get(after.data, key)
            same = same and now ~= nil and written.luaText(now) == written.luaText(before.data.values[at])
        end
    end
    D.check(same and count > 40, count .. " keys of the device, the screen and the book are as they were, byte by byte")
    D.check(#S.backupsOf(book) == 1 and text_of(S.backupsOf(book)[1]) == first.text, "the backup is the sidecar of this morning (" .. index .. ")")
end

D.open(book)
D.wait(0.5)
D.check(#list() == 6, "the book opens with six annotations: " .. joined())
D.check(in_order(), "KOReader has them in the order of the book, with the right page numbers")
local there = list()[index_of(closed.text)]
D.check(there.pageno == 5 and there.note == "from the other device", "the other device's highlight is on its page")
D.check(D.reader().document:getTextFromXPointers(there.pos0, there.pos1) == closed.text, "its xpointers mark its text")
D.check(there.datetime == closed.datetime and there.datetime_updated == nil, "its time is its own")
local refused = write(read(book), { keys = {} })
D.check(not refused.ok and refused.failure == "open", "a book on screen is not written")
D.close_book()
D.check(value.get(read(book).data, "annotations_externally_modified") == nil, "KOReader took its flag away")

-- A book that opens: the plugin will hear these events.
local plugin = getmetatable(D.plugin("ribbon"))
local function new(class, ...) local made = setmetatable({}, class.prototype); made:____constructor(...); return made end
local function with_list(data, items) return value.withKey(data, "annotations", value.listOf(items)) end
local another_file = { md5 = ("0"):rep(32), dom = dom }
local open, heard, applied, held = nil, nil, nil, {}
function plugin:onDocSettingsLoad(settings, document)
    open = new(S.KoOpenBook, self.ui, document, settings, "opening-1")
    self.ui:registerPostReaderReadyCallback(function()
        local wrong = value.withKey(native.fromNative(elsewhere), "text", "another book says something else here")
        held = { open:holds(native.fromNative(at_ready), another_file), open:holds(wrong, another_file) }
        local data = open:data()
        local after = { native.fromNative(at_load), native.fromNative(at_ready) }
        for _, item in ipairs(value.listItems(value.getTable(data, "annotations"))) do
            if value.getText(item, "text") ~= mine.annotations[1].text then after[#after + 1] = item end
        end
        applied = open:apply(S.annotationEdits(data, with_list(data, after)))
        open:repaint()
    end)
end
function plugin:onAnnotationsModified(items) heard = open and open:heard(items) end

D.open(book)
D.wait(0.5)
D.check(held[1] and not held[2], "of those of another file, the one whose text is there may")
D.check(applied.added == 2 and applied.removed == 1 and #applied.left == 0 and index_of(at_ready.text) and index_of(at_load.text), "and is shown: " .. joined())
D.check(#list() == 7, "what the other device deleted is gone: " .. joined())
D.check(in_order(), "all in order")
D.check(list()[index_of(at_ready.text)].datetime == at_ready.datetime, "with their own times")
D.goto_page(2)
shot("delivered.png")
D.check(heard == nil and #open:removed() == 0, "our own doing is not the reader's")

-- What the reader does is heard.
D.reader().bookmark:removeItem(list()[index_of(early.text)])
local key = annotation.viewOf(native.fromNative(early), {}).key
D.check(heard == key and open:removed()[1] == key, "a highlight that the reader deletes is heard")
local dog_ear
for _, item in ipairs(list()) do if not item.drawer then dog_ear = item end end
D.goto_page(dog_ear.pageno)
heard = nil
D.reader().bookmark:toggleBookmark()
D.check(heard ~= nil, "a dog-ear that is folded back is heard")

-- The sidecar after closing is the one that KOReader wrote last.
D.close_book()
local last
D.wait_until(function()
  last = S.sidecarFiles:read(finder:find(book)).value
  return last and #value.listItems(value.getTable(last.data, "annotations")) == 5
end, 5, "the sidecar after closing: it has what was on screen at the end")

-- A sweep, as a worker does it.
local found, tally = {}, nil
tally = finder:sweep({}, function(change) found[change.sighting.book] = true end)
D.check(found[book] and tally.books == 1, "a sweep finds the book that was read, and no other: " .. tally.books)
