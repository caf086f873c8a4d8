-- Diagnostics, the deletion of Ribbon's data, and KOReader's own plugin manager, inside a genuine KOReader.
local D = ...
local P = dofile((os.getenv("EMU_DRIVER"):gsub("[^/]+$", "prelude.lua")))(D)
local shot, says, ribbon, close_all = P.shot, P.says, P.ribbon, P.close_all
P.without_keys()

local DataStorage = require("datastorage")
local lfs = require("libs/libkoreader-lfs")
local settings = DataStorage:getSettingsDir()
local function own()
    local found = {}
    for name in lfs.dir(settings) do
        if name:find("^ribbon[.-]") then table.insert(found, name) end
    end
    return table.concat(found, " ")
end
local function read(path)
    local file = io.open(path)
    local text = file and file:read("*a") or ""
    if file then file:close() end
    return text
end

ribbon("More")
shot("more")
D.tap_text("Diagnostics…")
D.check(D.has_text("Diagnostics"), "the screen of diagnostics is there")
shot("diagnostics")
D.tap_text("Write the file")
says("The file to post is here")
shot("diagnostics-written")
close_all()
local report = read(DataStorage:getFullDataDir() .. "/ribbon-diagnostics.txt")
D.check(report:find("KOReader: v20%d%d") ~= nil, "the file names KOReader's version")
D.check(report:find("LuaSec %d") ~= nil, "the file names LuaSec's version")
D.check(report:find("address: http, port %d+, this device itself") ~= nil, "the file says how the server is reached")
D.check(report:find("tk_", 1, true) == nil, "the file holds no key")
D.check(report:find("127.0.0.1", 1, true) == nil, "the file holds no address")

ribbon("More")
D.tap_text("Delete Ribbon's data…")
says("What stays")
shot("delete")
D.tap_text("Delete…")
says("cannot be undone")
shot("delete-again")
D.tap_text("Keep everything")
close_all()
D.check(own() ~= "", "whoever keeps everything keeps everything")

-- What a long press on Ribbon in KOReader's plugin management opens (v2026.07).
local loader = require("pluginloader")
if loader.showPluginDialog then
    local plugin = { name = "ribbon", fullname = "Ribbon", description = "…", enable = true, path = "/nowhere" }
    loader:showPluginDialog(plugin, { updateItems = function() end })
    D.wait(1)
    shot("plugin-manager")
    D.check(D.has_text("Disable plugin and delete settings"), "KOReader offers to delete our settings")
    D.tap_text("Disable plugin and delete settings")
    D.tap_text("Delete")
    D.wait(1)
    D.check(own() == "", "nothing of ours is left: " .. own())
    D.check(loader:getPluginInstance("ribbon").onPageUpdate == nil, "KOReader's events reach nothing any more")
    shot("plugin-manager-done")
end
