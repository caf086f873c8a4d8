-- What every script that walks through screens does: pictures, dialogs, forms, keys. `prefix` begins the pictures' names.
return function(D, prefix)
    local P = {}
    local shots, language = os.getenv("RIBBON_SHOTS"), os.getenv("RIBBON_LANGUAGE")
    local ending = language and "-" .. language or ""
    local Key = require("device/key")

    function P.shot(name)
        D.wait(0.4)
        if shots then D.shot(shots .. "/" .. (prefix or "") .. name .. ending .. ".png") end
        D.log("screen", name, table.concat(D.texts(), " | "))
    end
    function P.says(text, seconds)
        D.wait_until(function() return D.has_text(text) end, seconds or 25, text .. "; on screen: " .. table.concat(D.texts(), " | "))
    end
    function P.ribbon(...) D.menu("Ribbon", ...) end
    function P.up() D.ui().menu.menu_container[1]:backToUpperMenu() end
    function P.close() D.UIManager:close(D.top()) D.wait(0.2) end
    function P.close_all()
        for _ = 1, 12 do
            if D.top() == D.ui() then break end
            local top = D.top()
            if top.onClose then top:onClose() else D.UIManager:close(top) end
            D.wait(0.15)
        end
    end
    -- The dialog below the keyboard, which then goes away.
    function P.form()
        local stack = D.UIManager._window_stack
        for i = #stack, 1, -1 do
            local dialog = stack[i].widget
            if dialog.onCloseKeyboard then dialog:onCloseKeyboard() D.wait(0.2) return dialog end
        end
    end
    function P.fill(...)
        local dialog = P.form()
        for i, text in ipairs { ... } do dialog.input_fields[i]:setText(text) end
    end
    function P.press(name) D.send("KeyPress", Key:new(name, {})) D.wait(0.3) end
    -- As on a device without keys of its own: dialogs leave room for the keyboard on screen, lists have no letters to choose by.
    function P.without_keys()
        G_reader_settings:saveSetting("virtual_keyboard_enabled", true)
        require("ui/widget/menu").is_enable_shortcut = false
    end
    return P
end
