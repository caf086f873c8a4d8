// Run by LuaJIT: calls one function of one module with many cases and writes a line of JSON per result.
import cjson = require("cjson");

const ESCAPES: Record<string, string> = { '"': '\\"', "\\": "\\\\" };

function encodeString(text: string): string {
  const [escaped] = string.gsub(text, '[%c"\\]', char => ESCAPES[char] ?? string.format("\\u%04x", string.byte(char)));
  return `"${escaped}"`;
}

/** As differential.ts on Node's side has it: JSON has no word for what is not finite. */
function encodeNumber(value: number): string {
  if (value !== value) return '"NaN"';
  if (value === math.huge) return '"Infinity"';
  if (value === -math.huge) return '"-Infinity"';
  return string.format("%.17g", value);
}

function encodeTable(value: LuaTable<string | number>): string {
  const length = value.length();
  const items: string[] = [];
  for (const index of $range(1, length)) items.push(encode(value.get(index)));
  const fields: string[] = [];
  for (const [key, item] of pairs(value))
    if (typeof key === "string") fields.push(`${encodeString(key)}:${encode(item)}`);
  if (length > 0 && fields.length > 0) error("a result is an array and an object at once");
  return length > 0 ? `[${items.join(",")}]` : `{${fields.join(",")}}`;
}

// cjson rounds numbers to 14 digits, which would hide differences.
function encode(value: unknown): string {
  if (value === undefined) return "null";
  if (typeof value === "string") return encodeString(value);
  if (typeof value === "number") return encodeNumber(value);
  if (typeof value === "boolean") return tostring(value);
  if (typeof value === "object") return encodeTable(value as LuaTable<string | number>);
  return error(`a result holds a ${type(value)}`);
}

type Subject = (this: void, ...args: readonly unknown[]) => unknown;

const NOT_FINITE: Record<string, number> = { NaN: 0 / 0, Infinity: math.huge, "-Infinity": -math.huge };

/** Puts back the numbers that JSON has no word for. */
function revive(value: unknown): unknown {
  if (typeof value !== "object") return value;
  const table = value as LuaTable<string, unknown>;
  const mark = table.get("notFinite");
  if (typeof mark === "string") return NOT_FINITE[mark];
  for (const [key, item] of pairs(table)) table.set(key, revive(item));
  return table;
}

/** JSON writes an argument that is undefined as null. */
function call(subject: Subject, args: readonly unknown[]): unknown {
  const given: unknown[] = [];
  for (const index of $range(0, args.length - 1)) if (args[index] !== cjson.null) given[index] = revive(args[index]);
  return subject(...unpack(given, 1, args.length));
}

function main(this: void, moduleName?: string, functionName?: string, cases?: string): void {
  if (moduleName === undefined || functionName === undefined || cases === undefined) error("module, function, cases");
  const subject = (require(moduleName) as Record<string, Subject>)[functionName];
  if (subject === undefined) error(`${moduleName} exports no ${functionName}`);
  for (const [line] of io.lines(cases)) {
    io.write(encode(call(subject, cjson.decode(line as string) as unknown[])), "\n");
  }
}

main(...$vararg);
