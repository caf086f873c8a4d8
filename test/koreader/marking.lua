-- What a reader does to the highlights of the open book, by KOReader's own reader and its own dialogs; and what the book then has.
return function(D)
    local M = {}
    local UIManager = D.UIManager

    function M.list() return D.reader().annotation.annotations end
    function M.on_page(page)
        for index, item in ipairs(M.list()) do if item.pageno == page then return index, item end end
    end
    function M.highlight(page, from, to)
        local highlights = D.reader().highlight
        D.goto_page(page)
        highlights.selected_text = assert(D.reader().document:getTextFromPositions({ x = 60, y = from }, { x = 400, y = to }, true), "no text there")
        highlights:saveHighlight()
        highlights:clear()
    end
    function M.recolour(page, color)
        D.goto_page(page)
        D.reader().highlight:editHighlightColor(assert(M.on_page(page), "nothing on page " .. page))
        local selector = D.top()
        selector.callback(color)
        UIManager:close(selector)
        D.wait(0.2)
    end
    function M.note(page, text)
        D.goto_page(page)
        D.reader().highlight:editNote(assert(M.on_page(page), "nothing on page " .. page))
        local stack = UIManager._window_stack
        for i = #stack, 1, -1 do
            local dialog = stack[i].widget
            if dialog.setInputText then
                dialog:setInputText(text)
                for _, button in ipairs(dialog.buttons[1]) do if button.text == "Save" then button.callback() end end
                D.wait(0.3)
                return
            end
        end
        error("no dialog for the note")
    end
    function M.delete(page)
        D.goto_page(page)
        D.reader().highlight:deleteHighlight(assert(M.on_page(page), "nothing on page " .. page))
        D.wait(0.2)
    end

    -- The place of each by KOReader's own reckoning, and what stands there.
    function M.marks()
        local doc, found = D.reader().document, {}
        for _, item in ipairs(M.list()) do
            local there = doc:getTextFromXPointers(item.pos0, item.pos1)
            found[#found + 1] = { text = item.text, note = item.note or "", color = item.color or "", page = item.page, pageno = item.pageno,
                reckoned = doc:getPageFromXPointer(item.page), there = require("util").cleanupSelectedText(there) }
        end
        return found
    end
    return M
end
