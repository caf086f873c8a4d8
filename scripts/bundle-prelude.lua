-- What every ribbon.lua begins with: a private `require`, so that no module name is shared with other plugins.
local folder = ...
local host_require = require
-- `packs`: the file of a module, first of each part's; a file tells where else its modules look. `places`: the library's functions.
local modules, loaded, packs, places, opened = {}, {}, {}, {}, {}
local require
local function open(file)
    if opened[file] then return end
    opened[file] = true
    assert(loadfile(folder .. file .. ".lua"))(require, modules, packs, places, open)
end
function require(name)
    local module = loaded[name]
    if module ~= nil then return module end
    if not modules[name] and packs[name] then open(packs[name]) end
    local define = modules[name]
    if not define then return host_require(name) end
    module = define()
    loaded[name] = module == nil and true or module
    modules[name] = nil -- what ran once needs no memory
    return loaded[name]
end
