// What lies below the screens of the built plugin: found among what its functions hold on to.
/** Lua that leaves the plugin's library, as its screens are given it, in `the_library`. */
export const FIND_LIBRARY = `
  if not the_library then
    local seen, queue = {}, { require("pluginloader"):getPluginInstance("ribbon").addToMainMenu }
    local own
    while not own and queue[1] do
      local f = table.remove(queue, 1)
      for i = 1, 60 do
        local name, value = debug.getupvalue(f, i)
        if not name then break end
        if name == "require" and value ~= require then own = value end
        if type(value) == "function" and not seen[value] then seen[value] = true table.insert(queue, value) end
      end
    end
    the_require = own
    the_library = own("src.app.start").ribbon().screens().library()
  end
`;

/** A value as Lua writes it. */
export const lua = (value: unknown): string => {
  if (value === undefined) return "nil";
  if (Array.isArray(value)) return `{ ${value.map(lua).join(", ")} }`;
  if (typeof value === "string") return textAsLua(value);
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  return `{ ${fields.map(([key, field]) => `[${textAsLua(key)}] = ${lua(field)}`).join(", ")} }`;
};

/** JSON's way with controls is none of LuaJIT's. */
const textAsLua = (text: string): string =>
  JSON.stringify(text).replace(/\\u00(..)/g, (_escape, code: string) => `\\x${code}`);
