-- The screens of the highlights' sync in a genuine KOReader, over a sync that does what this script says: pictures of them.
local D = ...
local P = dofile((os.getenv("EMU_DRIVER"):gsub("[^/]+$", "prelude.lua")))(D, "sdr-")
local shot, says, close, close_all, form, press = P.shot, P.says, P.close, P.close_all, P.form, P.press
package.path = os.getenv("RIBBON_FAKES") .. "/?.lua;" .. package.path
local fakes = require("test.support.lua.fake-sdr")

-- What the plugin loads its own parts with.
local function own_require()
    local seen, queue = {}, { D.ui().ribbon.addToMainMenu }
    while queue[1] do
        local f = table.remove(queue, 1)
        for i = 1, 60 do
            local name, value = debug.getupvalue(f, i)
            if not name then break end
            if name == "require" and value ~= require then return value end
            if type(value) == "function" and not seen[value] then seen[value] = true table.insert(queue, value) end
        end
    end
end
local own = own_require()
local overview = own("src.app.start").ribbon().screens().overview
local screens = own("src.ui.sdr")

local function home(fake)
    screens.showHighlights({ overview = overview, sdr = fake })
    D.wait(0.3)
end
local function failed(failure) return fakes.broken(failure) end
P.without_keys()

-- From nothing on: first the real one.
D.menu("Ribbon")
shot("menu")
D.tap_text("Highlights sync…")
says("Where may Ribbon make its folder?")
shot("set-up-bare")
close_all()
local fake = fakes.emptySdr()
fake.accountList = {
    { kind = "webdav", name = "Nextcloud", url = "https://cloud.example.org/remote.php/dav/files/me", folder = "Books", user = "me", password = "secret" },
    { kind = "webdav", name = "NAS", url = "http://192.168.1.7:5005", folder = "", user = "me", password = "secret" },
    { kind = "dropbox", name = "Dropbox" },
}
home(fake)
shot("set-up")
D.tap_text("Nextcloud")
says("can be used")
shot("set-up-found")
D.tap_text("Cancel")
fake.tests = { failed({ reason = "auth" }) }
home(fake)
D.tap_text("Nextcloud")
says("does not accept")
shot("set-up-auth")
D.tap_text("Change…")
shot("cloud-form")
form()
D.tap_text("Cancel")
close_all()
fake.tests = { failed({ reason = "tls", certificate = "issuer", fingerprint = ("4f"):rep(32), at = "https://192.168.1.7:5006" }) }
home(fake)
D.tap_text("NAS")
says("No known authority")
shot("set-up-certificate")
close_all()
fake.tests = { failed({ reason = "tls", inTheOpen = true }) }
home(fake)
D.tap_text("Nextcloud")
says("without encryption")
shot("set-up-open-road")
close_all()
home(fake)
D.tap_text("A folder on this device…")
shot("set-up-folder")
close_all()

-- After weeks.
fake = fakes.filledSdr()
home(fake)
shot("home")
D.tap_text("Sync now")
D.wait(1.2)
fake:progress("fetching", 3, 12)
says("3 of 12")
shot("progress")
fake:finish()
says("in step")
shot("done")
D.tap_text("What would change…")
says("What a sync would change")
shot("preview")
D.tap_text("Show the 2 books…")
shot("preview-books")
D.top():onMenuSelect(D.top().item_table[1])
shot("preview-book")
close_all()
home(fake)
D.tap_text("History…")
shot("history")
D.top():onMenuSelect(D.top().item_table[2])
shot("history-run")
D.tap_text("About this sync…")
shot("history-about")
close()
D.top():onClose()
D.tap_text("Changed on two devices at once…")
shot("conflicts")
D.top():onMenuSelect(D.top().item_table[1])
shot("conflict-note")
close()
D.top():onMenuSelect(D.top().item_table[2])
shot("conflict-rating")
close_all()
home(fake)
D.tap_text("Trash…")
shot("trash")
D.tap_text("Emma")
shot("trash-book")
D.top():onMenuSelect(D.top().item_table[2])
shot("trash-item")
close_all()
home(fake)
D.tap_text("Devices…")
shot("devices")
D.tap_text("Phone")
shot("device-retire")
D.tap_text("Retire")
D.tap_text("Kobo")
shot("device-rename")
form()
D.tap_text("Cancel")
close_all()
home(fake)
D.tap_text("When and what to sync…")
shot("options")
D.tap_text("Not when the battery is below")
shot("options-battery")
close()
D.tap_text("Settings of the screen that travel, too…")
shot("options-screen")
close_all()
home(fake)
D.tap_text("Your cloud folder…")
shot("folder")
D.tap_text("Stop syncing…")
shot("folder-stop")
close_all()
home(fake)
D.tap_text("How it works…")
shot("help")
close_all()

-- What waits for the reader.
fake.heldOnes = { { book = "emma", title = "Emma", count = 12, of = 40, texts = {
    "handsome, clever, and rich, with a comfortable home and happy disposition", "two", "three", "four", "five", "six" } } }
fake.stagedNow = { title = "Emma", incoming = { { kind = "added", uid = "1", text = "a" }, { kind = "added", uid = "2", text = "b" } } }
fake.hasNewer = true
fake.state = { kind = "stopped", failure = { reason = "disk", at = "https://cloud.example.org" } }
home(fake)
shot("home-urgent")
D.tap_text("Why it does not sync…")
shot("failure")
close()
D.tap_text("Show 2 new highlights for this book…")
shot("staged")
close()
D.tap_text("Highlights of 1 book disappeared here…")
shot("held")
close_all()
fake.state = { kind = "emptied" }
home(fake)
D.tap_text("Your cloud folder is empty now…")
shot("emptied")
close_all()
D.check(fake:watcherCount() == 0, "nobody watches when all is closed")

-- With keys only.
fake.state = { kind = "idle" }
fake.heldOnes, fake.stagedNow, fake.hasNewer = {}, nil, false
home(fake)
for _ = 1, 4 do press("Down") end
press("Press")
says("Old Kindle")
press("Back")
says("Sync now")
press("Back")
D.check(D.top() == D.ui(), "Back leaves the home screen")
