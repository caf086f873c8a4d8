/** Strict JSON; arrays and objects carry the mark that `rapidjson` leaves on them. */
import bits = require("bit");
import { ARRAY, OBJECT } from "./json-encode";
import { jsonNull } from "./json-null";

/** Raised inside, never seen outside `decode`. */
const broken = (at: number, what: string): never => error(`parse error at ${at}: ${what}`, 0);

const UNESCAPED: Record<string, string> = {
  '"': '"',
  "\\": "\\",
  "/": "/",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
};

/** A code point as UTF-8 bytes. */
function utf8(code: number): string {
  if (code < 0x80) return string.char(code);
  const tail = (shift: number): number => 0x80 + bits.band(bits.rshift(code, shift), 0x3f);
  if (code < 0x800) return string.char(0xc0 + bits.rshift(code, 6), tail(0));
  if (code < 0x10000) return string.char(0xe0 + bits.rshift(code, 12), tail(6), tail(0));
  return string.char(0xf0 + bits.rshift(code, 18), tail(12), tail(6), tail(0));
}

class Reader {
  private at = 1;

  constructor(private readonly text: string) {}

  document(): unknown {
    const value = this.value(1);
    if (this.peek() !== "") broken(this.at, "more than one value");
    return value;
  }

  private peek(): string {
    this.at = string.find(this.text, "[^ \t\r\n]", this.at)[0] ?? string.len(this.text) + 1;
    return string.sub(this.text, this.at, this.at);
  }

  private take(char: string): void {
    if (this.peek() !== char) broken(this.at, `expected ${char}`);
    this.at += 1;
  }

  private takeIf(char: string): boolean {
    if (this.peek() !== char) return false;
    this.at += 1;
    return true;
  }

  private value(depth: number): unknown {
    const char = this.peek();
    if (depth > 128) broken(this.at, "nested too deep");
    if (char === "{") return this.object(depth);
    if (char === "[") return this.array(depth);
    if (char === '"') return this.string();
    if (char === "t") return this.word("true", true);
    if (char === "f") return this.word("false", false);
    if (char === "n") return this.word("null", jsonNull);
    return this.number();
  }

  private word(word: string, value: unknown): unknown {
    const end = this.at + string.len(word);
    if (string.sub(this.text, this.at, end - 1) !== word) broken(this.at, "unknown word");
    this.at = end;
    return value;
  }

  private number(): number {
    const [numeral] = string.match(this.text, "^-?%d+%.?%d*[eE]?[+-]?%d*", this.at);
    const value = numeral === undefined ? undefined : tonumber(numeral);
    if (numeral === undefined || value === undefined) return broken(this.at, "invalid value");
    if (Math.abs(value) === math.huge) return broken(this.at, "number too big");
    this.at += string.len(numeral);
    return value;
  }

  private string(): string {
    const pieces: string[] = [];
    this.at += 1;
    while (true) {
      const [stop] = string.find(this.text, '["\\%c]', this.at);
      if (stop === undefined) return broken(this.at, "unfinished string");
      pieces.push(string.sub(this.text, this.at, stop - 1));
      const char = string.sub(this.text, stop, stop);
      this.at = stop + 1;
      if (char === '"') return pieces.join("");
      if (char !== "\\") return broken(stop, "control character in a string");
      pieces.push(this.escape());
    }
  }

  private escape(): string {
    const char = string.sub(this.text, this.at, this.at);
    this.at += 1;
    if (char === "u") return utf8(this.codePoint());
    return UNESCAPED[char] ?? broken(this.at, "unknown escape");
  }

  private codeUnit(): number {
    const [digits] = string.match(this.text, "^%x%x%x%x", this.at);
    if (digits === undefined) return broken(this.at, "four digits after \\u");
    this.at += 4;
    return tonumber(digits, 16) ?? 0;
  }

  private codePoint(): number {
    const high = this.codeUnit();
    if (high < 0xd800 || high > 0xdbff) return high;
    if (string.sub(this.text, this.at, this.at + 1) !== "\\u") return broken(this.at, "half a surrogate pair");
    this.at += 2;
    return 0x10000 + (high - 0xd800) * 0x400 + (this.codeUnit() - 0xdc00);
  }

  private array(depth: number): unknown[] {
    const items = setmetatable([], ARRAY) as unknown[];
    this.at += 1;
    if (this.takeIf("]")) return items;
    while (true) {
      items.push(this.value(depth + 1));
      if (this.takeIf("]")) return items;
      this.take(",");
    }
  }

  private object(depth: number): object {
    const fields = setmetatable({}, OBJECT) as Record<string, unknown>;
    this.at += 1;
    if (this.takeIf("}")) return fields;
    while (true) {
      if (this.peek() !== '"') broken(this.at, "expected a name");
      const name = this.string();
      this.take(":");
      fields[name] = this.value(depth + 1);
      if (this.takeIf("}")) return fields;
      this.take(",");
    }
  }
}

/** The value, or nothing and what is wrong. */
export function decode(text: string): LuaMultiReturn<[unknown] | [undefined, string]> {
  const [ok, value] = pcall(() => new Reader(text).document());
  if (ok) return $multi(value);
  return $multi(undefined, tostring(value));
}
