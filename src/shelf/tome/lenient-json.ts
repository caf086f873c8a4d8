import type { Body } from "./json-body";

const BLANKS = /[ \t\n\r]*/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /null|true|false|NaN|-?Infinity/y;
const CHUNK = /[^"\\\u0000-\u001f]*/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const WORDS: Record<string, unknown> = { null: null, true: true, false: false, NaN, Infinity, "-Infinity": -Infinity };
const DEEPEST = 1000;

interface Fault {
  readonly at: number;
  readonly why: string;
}
const TOO_DEEP = "too deep";

/**
 * Reads what `JSON.parse` refused, for two reasons: Python's parser, and so Tome, takes `NaN` and `Infinity`, and its
 * answer to broken JSON names the character where Python gave up.
 */
export function readLenient(source: string): Body {
  const reader = new Reader(source);
  const value = reader.document();
  const fault = reader.fault;
  if (!fault) return { kind: "value", value };
  if (fault.why === TOO_DEEP) return { kind: "unreadable" };
  return { kind: "broken", at: Array.from(source.slice(0, fault.at)).length, why: fault.why };
}

/** After the first fault every method returns at once and its value means nothing. */
class Reader {
  fault: Fault | undefined;
  private at = 0;
  private depth = 0;

  constructor(private readonly source: string) {}

  document(): unknown {
    this.skipBlanks();
    const value = this.value();
    this.skipBlanks();
    if (this.at < this.source.length) this.fail("Extra data");
    return value;
  }

  private value(): unknown {
    switch (this.source.charAt(this.at)) {
      case "{":
        return this.nested(() => this.object());
      case "[":
        return this.nested(() => this.array());
      case '"':
        return this.text();
      default:
        return this.scalar();
    }
  }

  private nested<T>(read: () => T): T | undefined {
    if (this.depth >= DEEPEST) return this.fail(TOO_DEEP);
    this.depth += 1;
    const value = read();
    this.depth -= 1;
    return value;
  }

  private object(): unknown {
    const entries: [string, unknown][] = [];
    this.items("}", "object", () => {
      if (this.source[this.at] !== '"') return this.fail("Expecting property name enclosed in double quotes");
      const key = this.text();
      this.skipBlanks();
      if (this.source[this.at] !== ":") return this.fail("Expecting ':' delimiter");
      this.at += 1;
      this.skipBlanks();
      entries.push([key, this.value()]);
    });
    return Object.fromEntries(entries);
  }

  private array(): unknown[] {
    const values: unknown[] = [];
    this.items("]", "array", () => void values.push(this.value()));
    return values;
  }

  private items(end: string, kind: string, item: () => void): void {
    this.at += 1;
    this.skipBlanks();
    if (this.take(end)) return;
    while (!this.fault) {
      item();
      this.skipBlanks();
      if (this.take(end)) return;
      const comma = this.at;
      if (!this.take(",")) return this.fail("Expecting ',' delimiter");
      this.skipBlanks();
      if (this.source[this.at] === end) return this.fail(`Illegal trailing comma before end of ${kind}`, comma);
    }
  }

  private text(): string {
    const start = this.at;
    this.at += 1;
    for (;;) {
      this.match(CHUNK);
      const next = this.source[this.at];
      if (next === '"') break;
      if (next === undefined) return this.failText("Unterminated string starting at", start);
      if (next !== "\\") return this.failText("Invalid control character at", this.at);
      if (this.match(ESCAPE) === undefined) return this.failText("Invalid escape", this.at);
    }
    this.at += 1;
    return JSON.parse(this.source.slice(start, this.at)) as string;
  }

  private scalar(): unknown {
    const word = this.match(WORD);
    if (word !== undefined) return WORDS[word];
    const number = this.match(NUMBER);
    return number === undefined ? this.fail("Expecting value") : Number(number);
  }

  private take(character: string): boolean {
    if (this.fault || this.source[this.at] !== character) return false;
    this.at += 1;
    return true;
  }

  private skipBlanks(): void {
    this.match(BLANKS);
  }

  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.source)?.[0];
    this.at += found?.length ?? 0;
    return found;
  }

  private fail(why: string, at = this.at): undefined {
    this.fault ??= { at, why };
    return undefined;
  }

  private failText(why: string, at: number): string {
    this.fail(why, at);
    return "";
  }
}
