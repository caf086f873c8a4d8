-- Another device is further on: opening the book goes there, and Back comes back.
local D = ...
local before = tonumber(os.getenv("RIBBON_BEFORE"))
D.open(D.books .. "/Mara Lindqvist - A Lamp for the Harbour.epub")
D.wait_until(function() return D.page() > 1 end, 10, "the jump")
local percent = D.reader().rolling:getLastPercent()
D.check(math.abs(percent - before) < 0.03, "the book is where the other device was: " .. percent)
if os.getenv("RIBBON_SHOTS") then D.shot(os.getenv("RIBBON_SHOTS") .. "/moved.png") end
D.reader().link:onGoBackLink()
D.wait(0.3)
D.check(D.page() == 1, "Back comes back")
D.wait(4)
D.close_book()
