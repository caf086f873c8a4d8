import { failure, success, type Result } from "../result";
import type { Limits, ReadFailure, Unreadable } from "./limits";

const SPACE = 32;

/** Whether a byte may stand in a name or a number: letters, digits, `_`, `.`. */
function isWordByte(byte: number): boolean {
  return (
    (byte >= 97 && byte <= 122) ||
    (byte >= 48 && byte <= 57) ||
    (byte >= 65 && byte <= 90) ||
    byte === 95 ||
    byte === 46
  );
}

/** A place in a text that is read byte by byte. The first problem stays; whoever sees one returns at once. */
export class Scanner {
  at = 0;
  problem: ReadFailure | undefined;
  private nodes = 0;
  private nextBackslash = -1;

  constructor(
    readonly text: string,
    readonly limits: Limits,
  ) {
    if (text.length > limits.bytes) this.fail("too-long");
  }

  fail(reason: Unreadable): undefined {
    this.problem ??= { reason, at: this.at };
    return undefined;
  }

  isFine(): boolean {
    return this.problem === undefined;
  }

  /** What was read, if all went well and nothing follows it. */
  ended<Value>(value: Value | undefined): Result<Value, ReadFailure> {
    if (value === undefined || this.at < this.text.length) this.fail("not-data");
    return value === undefined || this.problem !== undefined
      ? failure(this.problem ?? { reason: "not-data", at: this.at })
      : success(value);
  }

  /** The byte here; -1 at the end. */
  peek(): number {
    return this.at < this.text.length ? this.text.charCodeAt(this.at) : -1;
  }

  /** Steps over this byte if it stands here. */
  takes(byte: number): boolean {
    if (this.peek() !== byte) return false;
    this.at += 1;
    return true;
  }

  skipSpace(): void {
    let byte = this.peek();
    while (byte === SPACE || (byte >= 9 && byte <= 13)) {
      this.at += 1;
      byte = this.peek();
    }
  }

  /** A name or a number without its sign; empty where none stands. */
  word(): string {
    const start = this.at;
    let byte = this.peek();
    while (isWordByte(byte) || ((byte === 43 || byte === 45) && this.followsExponent(start))) {
      this.at += 1;
      byte = this.peek();
    }
    return this.text.slice(start, this.at);
  }

  /** `1e-5` goes on after its sign, `0xe-5` and `e-5` do not. */
  private followsExponent(start: number): boolean {
    const first = this.text.charCodeAt(start);
    const before = this.text.charCodeAt(this.at - 1);
    return this.at > start && first >= 46 && first <= 57 && (before === 101 || before === 69);
  }

  /** One more key or value, at this depth; false once there are too many. */
  counts(depth: number): boolean {
    this.nodes += 1;
    if (this.nodes > this.limits.nodes) this.fail("too-many");
    if (depth > this.limits.depth) this.fail("too-deep");
    return this.problem === undefined;
  }

  /** What stands between quotes, from behind the first one; `escape` reads what follows a backslash. */
  quoted(quote: string, escape: (this: void, scanner: Scanner) => string | undefined): string | undefined {
    const end = this.text.indexOf(quote, this.at);
    if (end < 0) return this.fail("not-data");
    if (this.nextBackslash < this.at) {
      const found = this.text.indexOf("\\", this.at);
      this.nextBackslash = found < 0 ? this.text.length : found;
    }
    if (end > this.nextBackslash) return this.escaped(quote, escape);
    if (end - this.at > this.limits.string) return this.fail("string-too-long");
    const plain = this.text.slice(this.at, end);
    this.at = end + 1;
    return plain;
  }

  private escaped(quote: string, escape: (this: void, scanner: Scanner) => string | undefined): string | undefined {
    const pieces: string[] = [];
    const close = quote.charCodeAt(0);
    const from = this.at;
    let start = this.at;
    let byte = this.peek();
    while (byte !== close) {
      if (byte === -1) return this.fail("not-data");
      if (this.at - from > 4 * this.limits.string) return this.fail("string-too-long");
      this.at += 1;
      if (byte === 92) {
        pieces.push(this.text.slice(start, this.at - 1));
        const piece = escape(this);
        if (piece === undefined) return this.fail("not-data");
        pieces.push(piece);
        start = this.at;
      }
      byte = this.peek();
    }
    pieces.push(this.text.slice(start, this.at));
    this.at += 1;
    const whole = pieces.join("");
    return whole.length > this.limits.string ? this.fail("string-too-long") : whole;
  }
}

/** A number as both runtimes read it: decimal with an exponent, or `0x` and hex digits. */
export function numberOf(word: string): number | undefined {
  const first = word.charCodeAt(0);
  if (word === "" || !((first >= 48 && first <= 57) || first === 46)) return undefined;
  const isHex = word.startsWith("0x") || word.startsWith("0X");
  let index = isHex ? 2 : 0;
  if (isHex && word.length === 2) return undefined;
  while (index < word.length) {
    const byte = word.charCodeAt(index);
    const isDigit = byte >= 48 && byte <= 57;
    const isHexDigit = isHex && ((byte >= 65 && byte <= 70) || (byte >= 97 && byte <= 102));
    const isMark = !isHex && (byte === 46 || byte === 101 || byte === 69 || byte === 43 || byte === 45);
    if (!isDigit && !isHexDigit && !isMark) return undefined;
    index += 1;
  }
  const value = Number(word);
  return value !== value || value === 1 / 0 ? undefined : value;
}
