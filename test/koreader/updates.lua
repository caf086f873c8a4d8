-- A newer Ribbon from the server, and one that is broken: KOReader starts four times on one device.
local D = ...
local start = tonumber(os.getenv("RIBBON_START"))
local function close_menu()
    local menu = D.ui().menu
    if menu.onCloseFileManagerMenu then menu:onCloseFileManagerMenu() else menu:onTapCloseMenu() end
    D.wait(0.2)
end
local function shot(name) if os.getenv("RIBBON_SHOTS") then D.wait(0.5) D.shot(os.getenv("RIBBON_SHOTS") .. "/update-" .. name .. ".png") end end
local function says(text) D.wait_until(function() return D.has_text(text) end, 20, "the screen to say " .. text) end
local function updates() D.menu("Ribbon", "More", "Updates…") D.wait(0.5) end
local function close() D.UIManager:close(D.top()) D.wait(0.3) end
local function active()
    local file = assert(io.open(os.getenv("RIBBON_PLUGIN") .. "/active.txt"))
    local text = file:read("*a")
    file:close()
    return text
end

local function install(version)
    updates()
    D.tap_text("Look for an update")
    says(version .. " is there")
    shot("found-" .. version)
    D.tap_text("Install " .. version)
    D.wait_until(function() return D.has_text("takes over when KOReader starts again") end, 60, "the update to be installed")
    shot("installed-" .. version)
    D.tap_text("Restart later")
    D.wait(0.5)
    updates()
    says("takes over when KOReader starts again")
    shot("waiting-" .. version)
    close()
    close_menu()
end

if start == 1 then
    updates()
    says("is installed.")
    shot("first")
    close()
    close_menu()
    install("0.2.0")
elseif start == 2 then
    D.check(active():find("run 0.2.0\ntrial started", 1, true) or active():find("trial started", 1, true), "the trial was marked")
    updates()
    says("It runs for the first time")
    shot("trial")
    close()
    close_menu()
    D.wait_until(function() return active() == "RIBBON 1\nrun 0.2.0\nend\n" end, 60, "the version to be confirmed")
    updates()
    says("Ribbon 0.2.0 is installed.")
    shot("confirmed")
    close()
    close_menu()
    install("0.3.0")
elseif start == 3 then
    D.wait(30)
    error("KOReader was to end before this")
else
    says("KOReader ended in an unusual way while Ribbon 0.3.0 ran for the first time.")
    shot("given-up")
    close()
    updates()
    says("0.3.0 did not work here and was put aside.")
    shot("after")
    close()
    close_menu()
    D.check(active():find("run 0.2.0", 1, true) ~= nil, "the version before is the one that runs")
end
