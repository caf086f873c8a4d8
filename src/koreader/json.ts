import rapidjson = require("rapidjson");
import { failure, success } from "../core/result";
import type { Json } from "../ports/json";

/** JSON null is a userdata in rapidjson, true in every condition: here it becomes an absent value, at any depth. */
function withoutNulls(value: unknown): unknown {
  if (value === rapidjson.null) return undefined;
  if (type(value) !== "table") return value;
  const fields = value as LuaTable<string, unknown>;
  const nulls: string[] = [];
  for (const [key, field] of fields) {
    if (field === rapidjson.null) nulls.push(key);
    else withoutNulls(field);
  }
  for (const key of nulls) fields.delete(key);
  return value;
}

export const json: Json = {
  encode: value => rapidjson.encode(value, { sort_keys: true }),
  decode: text => {
    const [value, problem] = rapidjson.decode(text);
    return value === undefined ? failure(tostring(problem)) : success(withoutNulls(value));
  },
};
