import { describe, expect, it } from "vitest";
import type { Field } from "../../../src/shelf/tome/fields";
import { integer, list, real, text } from "../../../src/shelf/tome/values";

const outcome = (field: Field<unknown>, value: unknown): unknown => {
  const reading = field.read(value, ["body", "x"], {});
  return reading.ok ? reading.value : reading.issues.map(issue => issue.type).join();
};

describe("a value that a client sent", () => {
  it.each([
    [9, 9],
    ["9", 9],
    [" +9.0 ", 9],
    ["1_000", 1000],
    [true, 1],
    [1500.0, 1500],
    ["", "int_parsing"],
    ["9.5", "int_parsing"],
    ["0x10", "int_parsing"],
    ["٣", "int_parsing"],
    [9.5, "int_from_float"],
    [NaN, "finite_number"],
    [null, "int_type"],
    [[], "int_type"],
    ["9223372036854775808", "unstorable"],
    [-(2 ** 63), "unstorable"],
  ])("%o as a whole number: %s", (value, expected) => {
    expect(outcome(integer, value)).toBe(expected);
  });

  it.each([
    [0.5, 0.5],
    [" 5e-1 ", 0.5],
    [".5", 0.5],
    ["5.", 5],
    [false, 0],
    ["nan", NaN],
    ["-Infinity", -Infinity],
    ["half", "float_parsing"],
    ["", "float_parsing"],
    ["0x1", "float_parsing"],
    [null, "float_type"],
    [{}, "float_type"],
  ])("%o as a number: %s", (value, expected) => {
    expect(outcome(real, value)).toBe(expected);
  });

  it.each([
    ["📖", "📖"],
    ["\ud83d", "unstorable"],
    [17, "string_type"],
    [null, "string_type"],
  ])("%o as text: %s", (value, expected) => {
    expect(outcome(text, value)).toBe(expected);
  });

  it.each([
    [
      ["a", "b"],
      ["a", "b"],
    ],
    [{}, []],
    [null, []],
    [undefined, []],
    [{ a: 1 }, "list_type"],
    ["a", "list_type"],
    [[1, "a", null], "string_type,string_type"],
  ])("%o as a list of texts: %o", (value, expected) => {
    expect(outcome(list(text), value)).toEqual(expected);
  });
});
