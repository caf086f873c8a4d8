-- In a KOReader that `ribbon emulator --watch` started: connected, a book read; then started again on changed sources.
local D = ...
local P = dofile((os.getenv("EMU_DRIVER"):gsub("[^/]+$", "prelude.lua")))(D, "emulator-")
local shot, says, close = P.shot, P.says, P.close
local function close_menu() D.ui().menu:onCloseFileManagerMenu() D.wait(0.2) end
local function exists(file) local handle = io.open(file) if handle then handle:close() end return handle ~= nil end
-- For the scenario, which waits for it.
local function done(name)
    D.check(#D.errors == 0, "KOReader logged no error")
    io.open(D.home .. "/" .. name, "w"):close()
    D.wait(600)
end

if exists(D.home .. "/read") then
    D.menu("Ribbon")
    D.check(D.has_text(os.getenv("RIBBON_NEW_TEXT")), "the menu says what was changed: " .. table.concat(D.texts(), " | "))
    shot("after-change")
    done("restarted")
end
shot("start")
D.check(D.has_text("The Ferry Keeper") or #D.texts() > 0, "the file browser is on the books")
D.menu("Ribbon", "Servers…")
shot("servers")
D.tap_text("Shelf")
D.tap_text("Test")
says("accepts the key")
close() close()
close_menu()
D.open(D.books .. "/Mara Lindqvist - A Lamp for the Harbour.epub")
D.turn(12, 1)
shot("book")
D.close_book()
D.wait_until(function()
    D.menu("Ribbon")
    local found = D.has_text("All sent")
    if found then shot("menu") end
    close_menu()
    return found
end, 20, "the menu to say that all was sent")
done("read")
