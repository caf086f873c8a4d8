-- One book from end to end inside a genuine KOReader: open, read, close the lid, wake, read on, close.
local D = ...
local function close_menu()
    local menu = D.ui().menu
    if menu.onCloseFileManagerMenu then menu:onCloseFileManagerMenu() else menu:onTapCloseMenu() end
    D.wait(0.2)
end
local function ribbon_menu(...) D.menu("Ribbon", ...) end
local function status_has(text) return function() ribbon_menu(); local found = D.has_text(text); close_menu(); return found end end

D.check(D.plugin("ribbon") ~= nil, "the plugin is there in the file browser")
D.open(D.books .. "/Mara Lindqvist - The Ferry Keeper.epub")
D.check(D.plugin("ribbon") ~= nil, "the plugin is there in the book")
ribbon_menu()
D.check(D.has_text("Sync now"), "the menu is under Tools")
if os.getenv("RIBBON_SHOTS") then D.shot(os.getenv("RIBBON_SHOTS") .. "/menu.png") end
close_menu()

D.turn(12, 1)
D.suspend()
D.wait(3)
D.resume()
D.wait(1)
D.turn(11, 1)
D.close_book()
D.wait_until(status_has("All sent"), 15, "the menu to say that all was sent")
ribbon_menu()
if os.getenv("RIBBON_SHOTS") then D.shot(os.getenv("RIBBON_SHOTS") .. "/in-step.png") end
D.tap_text("Waiting (0)")
D.check(D.has_text("Nothing waits"), "nothing waits")
D.UIManager:close(D.top())
D.tap_text("Servers…")
D.tap_text("Home")
D.tap_text("Test")
D.wait_until(function() return D.has_text("accepts the key") end, 10, "the test's answer")
if os.getenv("RIBBON_SHOTS") then D.shot(os.getenv("RIBBON_SHOTS") .. "/tested.png") end
D.UIManager:close(D.top())
D.UIManager:close(D.top())
close_menu()
