-- Two addresses, a certificate to compare, extra headers, questions before a key travels: inside a genuine KOReader.
local D = ...
local P = dofile((os.getenv("EMU_DRIVER"):gsub("[^/]+$", "prelude.lua")))(D)
local shot, says, close, form, fill, press = P.shot, P.says, P.close, P.form, P.fill, P.press
local address, key, tls = os.getenv("RIBBON_ADDRESS"), os.getenv("RIBBON_KEY"), os.getenv("RIBBON_TLS")
local function server()
    D.menu("Ribbon", "Servers…")
    D.tap_text("Home")
end
P.without_keys()

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
