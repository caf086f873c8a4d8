-- A device that is let in with a code: inside a genuine KOReader. The script is the owner's browser, too.
local D = ...
local P = dofile((os.getenv("EMU_DRIVER"):gsub("[^/]+$", "prelude.lua")))(D)
local shot = P.shot
local address, login = os.getenv("RIBBON_ADDRESS"), os.getenv("RIBBON_LOGIN")
local function code()
    local first, second = table.concat(D.texts(), " "):match("Code: (%w%w%w) (%w%w%w)")
    return first and first .. second
end
local function let_in(shown)
    local body = '{"code":"' .. shown .. '"}'
    local _, status = require("socket.http").request {
        url = address .. "/api/auth/quick-connect/authorize",
        method = "POST",
        headers = {
            ["Authorization"] = "Bearer " .. login,
            ["Content-Type"] = "application/json",
            ["Content-Length"] = #body,
        },
        source = require("ltn12").source.string(body),
    }
    assert(status == 200, "the owner's page answered " .. tostring(status))
end

D.menu("Ribbon", "Connect with a code…")
local form = D.top()
form:onCloseKeyboard()
form.input_fields[1]:setText(address)
shot("code-address")
D.tap_text("Continue")
D.wait_until(code, 25, "a code; on screen: " .. table.concat(D.texts(), " | "))
shot("code")
D.tap_text("Larger code to scan")
shot("code-larger")
D.UIManager:close(D.top())
D.wait(0.3)
let_in(code())
D.wait_until(function() return D.has_text("has let this device in") end, 25, "the welcome")
shot("code-welcome")
D.UIManager:close(D.top())
