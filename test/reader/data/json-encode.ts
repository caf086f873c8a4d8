/** JSON as the `rapidjson` module writes it: keys in order only when asked, arrays marked by a metatable. */
import { jsonNull } from "./json-null";
import { sorted } from "./order";

export const ARRAY = { __jsontype: "array" } as unknown as LuaMetatable<object>;
export const OBJECT = { __jsontype: "object" } as unknown as LuaMetatable<object>;

const DEEPEST = 128;

const ESCAPES: Record<string, string> = {
  '"': '\\"',
  "\\": "\\\\",
  "\b": "\\b",
  "\f": "\\f",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
};

const refuse = (): never => error("error while encoding");

const escaped = (char: string): string => ESCAPES[char] ?? string.format("\\u%04X", string.byte(char));

const quoted = (text: string): string => `"${string.gsub(text, '[%z\x01-\x1f"\\]', escaped)[0]}"`;

/** The fewest digits that mean the same number; whole numbers in full, as long as 64 bits hold them. */
function numeral(value: number): string {
  if (value !== value || value === math.huge || value === -math.huge) return refuse();
  if (value === 0) return "0";
  if (value === Math.floor(value) && Math.abs(value) < 2 ** 63) return string.format("%.0f", value);
  const shortest = ["%.15g", "%.16g", "%.17g"].map(digits => string.format(digits, value));
  const exact = shortest.find(text => tonumber(text) === value) ?? "";
  return string.gsub(exact, "e%+?(%-?)0*", "e%1")[0];
}

function isArray(value: object, options: KOReader.RapidJsonOptions): boolean {
  const mark = getmetatable(value);
  if (mark === ARRAY) return true;
  if (mark === OBJECT) return false;
  if ((value as unknown[]).length > 0) return true;
  return options.empty_table_as_array === true && next(value)[0] === undefined;
}

function stringKeys(value: object, options: KOReader.RapidJsonOptions): string[] {
  const keys: string[] = [];
  for (const [key] of pairs(value as unknown as LuaTable)) if (typeof key === "string") keys.push(key);
  return options.sort_keys === true ? sorted(keys) : keys;
}

function container(value: object, options: KOReader.RapidJsonOptions, depth: number): string {
  if (depth > DEEPEST) refuse();
  if (isArray(value, options)) {
    return `[${(value as unknown[]).map(item => encode(item, options, depth + 1)).join(",")}]`;
  }
  const fields = value as Record<string, unknown>;
  const text = stringKeys(value, options).map(key => `${quoted(key)}:${encode(fields[key], options, depth + 1)}`);
  return `{${text.join(",")}}`;
}

/** Throws on what JSON has no word for: functions, threads, 64-bit integers. */
export function encode(value: unknown, options: KOReader.RapidJsonOptions = {}, depth = 0): string {
  if (value === undefined || value === jsonNull) return "null";
  if (typeof value === "string") return quoted(value);
  if (typeof value === "number") return numeral(value);
  if (typeof value === "boolean") return tostring(value);
  if (type(value) === "table") return container(value as object, options, depth);
  return refuse();
}
