-- Where downloads go and what they are called: the template is typed letter by letter, as a reader does.
local D = ...
local P = dofile((os.getenv("EMU_DRIVER"):gsub("[^/]+$", "prelude.lua")))(D)
local shot, says, up = P.shot, P.says, P.up
local function dialog()
    local stack = D.UIManager._window_stack
    for i = #stack, 1, -1 do
        if stack[i].widget.onCloseKeyboard then return stack[i].widget end
    end
end
-- The keyboard is the uppermost window: what stands in the dialog below it is asked of the dialog.
local function previews(text)
    local shown = dialog()._added_widgets[1][1].text
    D.check(shown:find(text, 1, true), text .. "; shown: " .. shown)
end
P.without_keys()

D.menu("Ribbon", "Settings", "Downloads")
shot("downloads")
D.tap_text("Files: in folders by series")
shot("downloads-layout")
D.tap_text("By your own template…")
shot("downloads-template")
local field = dialog()._input_widget
field:setText("")
D.wait(0.2)
previews("Nothing stands here yet")
-- On paper each letter costs a refresh: what a letter holds the loop for is told.
local worst = 0
for letter in ("{Upper(author)}/{series} {volume:00}, {titel}"):gmatch(".") do
    local before = os.clock()
    field:addChars(letter)
    worst = math.max(worst, os.clock() - before)
    D.wait(0.02)
end
D.log("worst letter", string.format("%.1f ms", worst * 1000))
previews("{titel} stands for nothing")
shot("downloads-template-wrong")
for _ = 1, 3 do field:delChar() end
field:addChars("le}")
previews("MARCEL PROUST/In Search of Lost Time 02, Within a Budding Grove.epub")
previews("JANE AUSTEN/Emma.epub")
shot("downloads-template-right")
dialog():onCloseKeyboard()
D.wait(0.3)
previews("JANE AUSTEN/Emma.epub")
shot("downloads-template-no-keyboard")
D.tap_text("Help")
shot("downloads-template-help")
D.UIManager:close(D.top())
D.wait(0.2)
D.tap_text("Save")
D.wait(0.3)
up()
says("Files: by your template")
D.tap_text("Formats")
shot("downloads-formats")
D.tap_text("Manga: EPUB first")
shot("downloads-format-order")
local sort = D.top()
sort.marked = 3
sort:moveItem(-2)
sort:onReturn()
sort:onReturn()
D.wait(0.3)
says("Manga: CBZ first")
up()
for _, text in ipairs(D.texts()) do
    if text:find("^Folder: ") then D.tap_text(text) break end
end
shot("downloads-folder")
D.tap_text("Another folder…")
shot("downloads-folder-choice")
D.top().onConfirm(D.books)
D.UIManager:close(D.top())
D.wait(0.3)
up()
says("Folder: " .. D.books)
