-- Every item of the menu that opens something, in the language of RIBBON_LANGUAGE: a picture of each, and no text is cut off.
local D = ...
local language = os.getenv("RIBBON_LANGUAGE")
local P = dofile((os.getenv("EMU_DRIVER"):gsub("[^/]+$", "prelude.lua")))(D, "tour-" .. language .. "-")
local ui_path, stops, cut = {}, 0, {}
P.without_keys()
-- As KOReader does where it has the language itself.
require("gettext").current_lang = language == "en" and "C" or language

local function menu() return D.ui().menu.menu_container and D.ui().menu.menu_container[1] end
local function text_of(item) return item.text or item.text_func() end
local function is_in_menu() return D.top() == D.ui().menu.menu_container end

-- Labels know that they were cut. The test's own folder is far longer than a device's.
local function look_for_cuts(widget, seen)
    if type(widget) ~= "table" or seen[widget] then return end
    seen[widget] = true
    if widget.isTruncated and widget._length ~= nil and widget:isTruncated() and not widget.text:find(D.home, 1, true) then
        cut[#cut + 1] = table.concat(ui_path, " › ") .. ": " .. tostring(widget.text)
    end
    for i = 1, #widget do look_for_cuts(widget[i], seen) end
    for _, key in ipairs { "label_widget", "title_bar", "buttontable", "button_table", "label_container", "frame" } do
        look_for_cuts(rawget(widget, key), seen)
    end
end
local function stop()
    stops = stops + 1
    P.shot(("%02d"):format(stops))
    D.log("stop", stops, table.concat(ui_path, " › "))
    look_for_cuts(D.top(), {})
end
-- Back to the level of the menu that the items are of.
local function come_back()
    for _ = 1, 12 do
        if is_in_menu() or D.top() == D.ui() then break end
        local form = P.form()
        local top = D.top()
        -- As a tap on Cancel does.
        local cancel = form and form.button_table:getButtonById("close")
        if cancel then cancel.callback()
        elseif top.onClose then top:onClose() else D.UIManager:close(top) end
        D.wait(0.2)
    end
    if is_in_menu() then return end
    D.menu("Ribbon")
    for _, text in ipairs(ui_path) do
        for _, item in ipairs(menu().item_table) do
            if text_of(item) == text then menu():onMenuSelect(item) D.wait(0.3) end
        end
    end
end
local function walk()
    local count = #menu().item_table
    for i = 1, count do
        local item = menu().item_table[i]
        local text = text_of(item)
        ui_path[#ui_path + 1] = text
        if item.sub_item_table or item.sub_item_table_func then
            menu():onMenuSelect(item)
            D.wait(0.3)
            stop()
            walk()
            P.up()
            table.remove(ui_path)
        elseif text:sub(-3) == "…" then
            menu():onMenuSelect(item)
            D.wait(1)
            stop()
            table.remove(ui_path)
            come_back()
        else
            table.remove(ui_path)
        end
    end
end

D.open(D.books .. "/Mara Lindqvist - The Ferry Keeper.epub")
D.turn(11, 1.1)
D.menu("Ribbon")
stop()
walk()
D.check(stops > 15, stops .. " stops")
D.check(#cut == 0, "no text is cut off; cut: " .. table.concat(cut, " | "))
