-- What every ribbon.lua begins with: a private `require`, so that no module name is shared with other plugins.
local folder = ...
local host_require = require
local modules, loaded, packs = {}, {}, {}
local function require(name)
    local module = loaded[name]
    if module ~= nil then return module end
    if not modules[name] and packs[name] then
        local pack = assert(loadfile(folder .. packs[name] .. ".lua"))(require)
        for key, define in pairs(pack) do modules[key] = define end
    end
    local define = modules[name]
    if not define then return host_require(name) end
    module = define()
    loaded[name] = module == nil and true or module
    modules[name] = nil -- what ran once needs no memory
    return loaded[name]
end
