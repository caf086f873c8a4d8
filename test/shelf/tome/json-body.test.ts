import fc from "../../support/node/fast-check";
import { describe, expect, it } from "vitest";
import { readBody } from "../../../src/shelf/tome/json-body";
import { readLenient } from "../../../src/shelf/tome/lenient-json";

const read = (text: string, type?: string) => readBody(Buffer.from(text), type);

describe("a body", () => {
  it.each([
    ['{"a": 1}', { a: 1 }],
    ['\ufeff{"a": 1}', { a: 1 }],
    ["[NaN, -Infinity, 1e999]", [NaN, -Infinity, Infinity]],
    [
      '{"a": Infinity, "b": [true, false, null], "c": {"d": "\\u00e9\\n"}, "e": -1.5e2}',
      { a: Infinity, b: [true, false, null], c: { d: "é\n" }, e: -150 },
    ],
    ['{"a": 1, "a": 2}', { a: 2 }],
    ['{"a": 1, "a": NaN}', { a: NaN }],
    ['{"__proto__": NaN}', JSON.parse('{"__proto__": null}') as object],
  ])("%s is JSON", (text, value) => {
    const body = read(text);
    expect(body.kind).toBe("value");
    if (!text.includes("__proto__")) expect(body).toEqual({ kind: "value", value });
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  it.each([
    ["", 0, "Expecting value"],
    ["  ", 2, "Expecting value"],
    ['{"a": 0.3, "device": ', 21, "Expecting value"],
    ['{"a": 0.3,}', 9, "Illegal trailing comma before end of object"],
    ["[1,]", 2, "Illegal trailing comma before end of array"],
    ["{a: 1}", 1, "Expecting property name enclosed in double quotes"],
    ['{"a" 1}', 5, "Expecting ':' delimiter"],
    ['{"a": 1 "b": 2}', 8, "Expecting ',' delimiter"],
    ["[1 2]", 3, "Expecting ',' delimiter"],
    ['["abc', 1, "Unterminated string starting at"],
    ['["a\nb"]', 3, "Invalid control character at"],
    ['["a\\x"]', 3, "Invalid escape"],
    ["1 2", 2, "Extra data"],
    ["nul", 0, "Expecting value"],
    ['["📖", x]', 6, "Expecting value"],
  ])("%s breaks at character %i: %s", (text, at, why) => {
    expect(readLenient(text)).toEqual({ kind: "broken", at, why });
  });

  it("may be absent, or null, which is the same", () => {
    expect(readBody(undefined, undefined)).toEqual({ kind: "absent" });
    expect(read("null")).toEqual({ kind: "absent" });
  });

  it("is text when its type is not JSON", () => {
    expect(read("a=1", "application/x-www-form-urlencoded")).toEqual({ kind: "value", value: "a=1" });
    expect(read("{}", "application/vnd.x+json; charset=utf-8")).toEqual({ kind: "value", value: {} });
  });

  it("cannot be read when it is no UTF-8 or bottomless", () => {
    expect(readBody(Buffer.from([0x22, 0xff, 0x22]), undefined)).toEqual({ kind: "unreadable" });
    expect(readLenient(`${"[".repeat(100_000)}NaN`)).toEqual({ kind: "unreadable" });
  });

  it("is read leniently as JSON.parse would, wherever that can read it", () => {
    fc.assert(
      fc.property(fc.json({ stringUnit: "binary" }), text => {
        expect(readLenient(text)).toEqual({ kind: "value", value: JSON.parse(text) as unknown });
      }),
    );
  });

  it("never makes the reader fail or hang", () => {
    const noise = fc.string({ unit: fc.constantFrom(...'{}[]":,\\u0aeE.-+N InfinityNaNtrue\n\u0000é') });
    fc.assert(
      fc.property(noise, text => {
        expect(["value", "broken"]).toContain(readLenient(text).kind);
      }),
    );
  });
});
