-- Two addresses, a certificate to compare, extra headers, questions before a key travels: inside a genuine KOReader.
local D = ...
local shots = os.getenv("RIBBON_SHOTS")
local address, key, tls = os.getenv("RIBBON_ADDRESS"), os.getenv("RIBBON_KEY"), os.getenv("RIBBON_TLS")
local function shot(name)
    D.wait(0.4)
    if shots then D.shot(shots .. "/" .. name .. ".png") end
    D.log("screen", name, table.concat(D.texts(), " | "))
end
local function form()
    local stack = D.UIManager._window_stack
    for i = #stack, 1, -1 do
        local dialog = stack[i].widget
        if dialog.onCloseKeyboard then dialog:onCloseKeyboard() D.wait(0.2) return dialog end
    end
end
local function fill(...)
    local dialog = form()
    for i, text in ipairs { ... } do dialog.input_fields[i]:setText(text) end
end
local function says(text)
    D.wait_until(function() return D.has_text(text) end, 25, text .. "; on screen: " .. table.concat(D.texts(), " | "))
end
local function close() D.UIManager:close(D.top()) D.wait(0.2) end
local Key = require("device/key")
local function press(name) D.send("KeyPress", Key:new(name, {})) D.wait(0.3) end
local function server()
    D.menu("Ribbon", "Servers…")
    D.tap_text("Home")
end
G_reader_settings:saveSetting("virtual_keyboard_enabled", true)
require("ui/widget/menu").is_enable_shortcut = false

-- Plain http to the internet.
D.menu("Ribbon", "Set up Ribbon…")
D.tap_text("Continue")
shot("form-keyboard")
fill("", "http://books.example.invalid", "", key)
D.tap_text("Save and test")
says("on the internet")
shot("open-road")
D.tap_text("Change it")

-- A certificate to compare, and to change.
fill("", tls, "", key)
D.tap_text("Save and test")
says("No known authority")
shot("trust")
D.tap_text("Leave it")
server()
D.tap_text("Test")
says("No known authority")
press("Down")
press("Down")
press("Up")
shot("trust-keys")
D.tap_text("Trust it")
says("accepts the key")
shot("trusted")
close()
local settings = require("luasettings"):open(require("datastorage"):getSettingsDir() .. "/ribbon.lua")
D.log("pins", #settings:readSetting("connections")[1].pins)

-- A second address.
D.tap_text("Home")
D.tap_text("Change…")
fill("Home", tls, address, key)
shot("form-two")
D.tap_text("Save and test")
says("Is that the same server")
shot("same-server")
D.tap_text("The same server")
says("first address")
shot("two-addresses")
close()

-- Extra headers, with keys.
D.tap_text("Home")
shot("server-buttons")
D.tap_text("Extra headers…")
shot("headers-none")
D.tap_text("Add a header…")
fill("CF-Access-Client-Id", "0123456789abcdef.access")
shot("header")
D.tap_text("Save")
says("••••cess")
shot("headers")
press("Press")
form()
says("Change this header")
shot("header-change")
press("Back")
says("Add a header")
press("Back")

-- A test that hangs is cancelled with the Back key.
D.tap_text("Home")
local socket = require("socket")
local look_up = socket.dns.getaddrinfo
socket.dns.getaddrinfo = function() os.execute("sleep 20") end
D.tap_text("Test")
says("Asking Home…")
shot("asking")
press("Back")
D.check(not D.has_text("Asking Home…"), "Back cancels a test")
socket.dns.getaddrinfo = look_up
D.wait(2)
D.check(D.has_text("Add a server"), "and nothing more is said")
