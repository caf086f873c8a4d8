/** KOReader's JSON module. */
import { decode } from "./json-decode";
import { ARRAY, encode, OBJECT } from "./json-encode";
import { jsonNull } from "./json-null";

export const rapidjson: KOReader.RapidJson = {
  null: jsonNull,
  array: <Item>(items?: Item[]) => setmetatable(items ?? [], ARRAY) as Item[],
  object: <Value extends object>(value?: Value) => setmetatable(value ?? {}, OBJECT) as Value,
  encode: (value, options) => encode(value, options),
  decode,
};
