import { describe, expect, it } from "vitest";
import { parseRange } from "../../../src/shelf/tome/byte-range";

const part = (start: number, end: number) => ({ kind: "part", start, end });
const whole = { kind: "whole" };
const beyond = { kind: "beyond" };
const malformed = expect.objectContaining({ kind: "malformed" }) as unknown;

describe("a range of a file of 100 bytes", () => {
  it.each([
    [undefined, whole],
    ["bytes=0-9", part(0, 10)],
    ["bytes=90-", part(90, 100)],
    ["bytes=-10", part(90, 100)],
    ["bytes=-1000", part(0, 100)],
    ["bytes=99-99", part(99, 100)],
    ["bytes=50-99999999999999999999", part(50, 100)],
    [" Bytes = 0-9", part(0, 10)],
    ["bytes=0-9,20-29", whole],
    ["bytes=100-", beyond],
    ["bytes=99999999999999999999-", beyond],
    ["bytes=-0", beyond],
    ["bytes=9-8", malformed],
    ["bytes=", malformed],
    ["bytes=-", malformed],
    ["bytes", malformed],
    ["", malformed],
    ["pages=1-2", malformed],
    ["bytes=../../etc/passwd", malformed],
  ])("%j", (header, expected) => {
    expect(parseRange(header, 100)).toEqual(expected);
  });

  it("of an empty one", () => {
    expect(parseRange("bytes=0-", 0)).toEqual(beyond);
    expect(parseRange("bytes=-5", 0)).toEqual(beyond);
  });
});
