-- One act of two devices that sync highlights through a cloud: what RIBBON_ACT names, in the KOReader of one of them. What the book
-- has at the end goes to RIBBON_TOLD. Whatever a reader does here is done by KOReader's own reader, and its own dialogs.
local D = ...
local JSON = require("json")
local UIManager = D.UIManager
local own = dofile((os.getenv("EMU_DRIVER"):gsub("[^/]+$", "own-require.lua")))(D)
local sdr = own("src.app.start").ribbon().screens():sdr()
local book, act = os.getenv("RIBBON_BOOK"), os.getenv("RIBBON_ACT")
local shots = os.getenv("RIBBON_SHOTS")

local marking = dofile((os.getenv("EMU_DRIVER"):gsub("[^/]+$", "marking.lua")))(D)
local list, highlight, recolour, note, delete, marks = marking.list, marking.highlight, marking.recolour, marking.note, marking.delete, marking.marks
local function open()
    D.open(book)
    D.wait(1)
end
local function tell(more)
    local told = more or {}
    told.marks = marks()
    told.digest = D.reader().doc_settings:readSetting("partial_md5_checksum")
    told.errors = #D.errors
    if shots then D.goto_page(2) D.shot(shots .. "/two-devices-" .. act .. ".png") end
    D.close_book()
    local file = assert(io.open(os.getenv("RIBBON_TOLD"), "w"))
    file:write(JSON.encode(told))
    file:close()
end

local function runs() return #sdr:history(100) end
local function ended(before)
    D.wait_until(function()
        local kind = sdr:status().state.kind
        return kind ~= "running" and (runs() > before or kind ~= "idle")
    end, 60, "the sync; it is " .. JSON.encode(sdr:status().state))
end
local function last_run()
    local run = sdr:history(1)[1]
    local status = sdr:status()
    D.check(run.failure == nil, "the sync worked: " .. JSON.encode(run.failure or {}))
    D.check(status.state.kind == "idle" and status.unsent == 0 and status.held == 0, "and nothing waits: " .. JSON.encode(status.state))
    D.log(act, "requests", run.requests, "bytes in", run.bytesIn, "out", run.bytesOut, "seconds", run.seconds)
    return run
end
local function sync()
    local before = runs()
    local refusal = sdr:syncNow()
    D.check(refusal == nil, "a sync begins: " .. tostring(refusal))
    ended(before)
    return last_run()
end

local acts = {}

-- Not in their order on the pages.
function acts.kobo_marks()
    open()
    highlight(3, 120, 120)
    highlight(2, 200, 260)
    highlight(6, 150, 190)
    highlight(5, 300, 340)
    highlight(4, 220, 260)
    note(5, "a first thought")
    tell()
    sync()
end

-- A device that comes later is shown first what would change; says yes, and opens the book.
local function join(books, incoming, marked)
    D.check(sdr:syncNow() == nil, "a first sync begins")
    ended(runs())
    D.check(sdr:status().state.kind == "preview", "the reader is asked first: " .. sdr:status().state.kind)
    local preview
    sdr:preview(function(result) preview = result end)
    D.wait_until(function() return preview end, 30, "the preview")
    D.log("preview", JSON.encode(preview))
    D.check(preview.ok and (books == nil or #preview.value.books == books), "what would change is shown: " .. JSON.encode(preview))
    if incoming then D.check(#preview.value.books[1].incoming == incoming, incoming .. " highlights would come") end
    local before = runs()
    D.check(sdr:applyPreview() == nil, "and says yes")
    ended(before)
    last_run()
    open()
    if marked then D.wait_until(function() return #list() == marked end, 10, marked .. " highlights") end
    tell()
end
function acts.kindle_joins()
    open()
    D.check(#list() == 0, "nothing is marked here yet")
    D.close_book()
    join(1, 5)
end
-- Neither syncs before both have done what they do.
function acts.kindle_edits()
    open()
    note(2, "a word about it")
    note(5, "a first thought, and what the Kindle made of it")
    highlight(7, 200, 240)
    tell()
end
function acts.kobo_edits()
    open()
    recolour(2, "red")
    note(5, "a first thought, and what the Kobo made of it")
    tell()
    sync()
end
function acts.kindle_after() sync() open() tell() end
function acts.kobo_after() sync() open() tell() end

function acts.kindle_writes_on()
    open()
    note(6, "this one has to stay")
    tell()
end
function acts.kobo_deletes()
    open()
    delete(3)
    delete(6)
    tell()
    sync()
end
function acts.kindle_restores()
    sync()
    open()
    local here = marks()
    D.close_book()
    local books = sdr:trashBooks()
    D.check(#books == 1, "one book has something in the trash")
    local items = sdr:trash(books[1].book)
    D.log("trash", JSON.encode(items))
    sdr:restore(items)
    sync()
    open()
    tell({ before = here, trash = items })
end
acts.kobo_last = acts.kobo_after

-- calibre wrote another title into the file meanwhile.
function acts.kindle_rewritten()
    open()
    D.check(D.reader().doc_props.title == "The Ferry Keeper (Revised)", "the new title: " .. tostring(D.reader().doc_props.title))
    D.check(require("util").partialMD5(book) ~= D.reader().doc_settings:readSetting("partial_md5_checksum"), "another digest than its sidecar has")
    highlight(8, 200, 240)
    tell()
    sync()
end
acts.kobo_rewritten = acts.kobo_after
-- What can be put in only the document itself can say: once it is open.
function acts.tablet_joins()
    open()
    D.check(#list() == 0, "nothing is marked here yet")
    D.close_book()
    join(nil, nil, 7)
end
acts.kobo_hears = acts.kobo_after

-- A file that says nothing of itself: only the reader knows what it is.
local function says(text)
    D.wait_until(function() return D.has_text(text) end, 20, text .. "; on screen: " .. table.concat(D.texts(), " | "))
    if shots then D.shot(shots .. "/two-devices-" .. act .. "-" .. text:gsub("[^%a]+", "-") .. ".png") end
end
local function leave()
    for _ = 1, 12 do
        if D.top() == D.ui() then break end
        local top = D.top()
        if top.onClose then top:onClose() else UIManager:close(top) end
        D.wait(0.2)
    end
end
local function books()
    D.menu("Ribbon", "Highlights sync…")
    D.tap_text("Books…")
    says("Search…")
end
function acts.phone_joins()
    open()
    D.check(#list() == 0, "nothing is marked here yet")
    highlight(9, 200, 240)
    D.close_book()
    join(nil, nil, 1)
end
function acts.phone_says()
    books()
    D.tap_text("ferry converted")
    D.tap_text("Same book as…")
    says("is the same as…")
    local likely = D.top().item_table[2]
    D.check(likely.text:find("^The Ferry Keeper"), "the likeliest stands first: " .. likely.text)
    D.top():onMenuSelect(likely)
    says("Are these the same book?")
    D.tap_text("The same book")
    says("They are one book")
    leave()
    sync()
    open()
    D.wait_until(function() return #list() == 8 end, 10, "8 highlights; there are " .. #list())
    tell()
end
function acts.kobo_parts()
    sync()
    open()
    D.wait_until(function() return #list() == 8 end, 10, "8 highlights; there are " .. #list())
    local before = marks()
    D.close_book()
    books()
    D.top():onMenuSelect(D.top().item_table[2])
    D.tap_text("ferry converted (phone)")
    says("Is this another book?")
    D.tap_text("Another book")
    says("They are two books")
    leave()
    sync()
    open()
    tell({ before = before })
end
acts.phone_after = acts.kobo_after
acts.kobo_listens = acts.kobo_after
function acts.kobo_idle() sync() end

acts[act]()
