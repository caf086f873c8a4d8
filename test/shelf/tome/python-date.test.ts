import { describe, expect, it } from "vitest";
import { parsePythonDate } from "../../../src/shelf/tome/python-date";

describe("a date as Python reads it", () => {
  it.each([
    ["2024-05-01T20:00:00Z", "2024-05-01T20:00:00"],
    ["2024-05-01T20:00:00.5Z", "2024-05-01T20:00:00.500000"],
    ["2024-05-01T22:00:00+02:00", "2024-05-01T22:00:00"],
    ["2024-05-01 20:00:00", "2024-05-01T20:00:00"],
    ["2024-05-01T20:00", "2024-05-01T20:00:00"],
    ["2024-05-01", "2024-05-01T00:00:00"],
    ["20240501T200000", "2024-05-01T20:00:00"],
    ["2024-02-29T00:00:00Z", "2024-02-29T00:00:00"],
    ["0004-02-29T00:00:00Z", "0004-02-29T00:00:00"],
  ])("%s → %s", (source, iso) => {
    expect(parsePythonDate(source)).toEqual({ kind: "date", iso });
  });

  it.each([
    ["", "Invalid isoformat string: ''"],
    ["yesterday", "Invalid isoformat string: 'yesterday'"],
    ["it's", `Invalid isoformat string: "it's"`],
    ["10000-01-01T00:00:00Z", "Invalid isoformat string: '10000-01-01T00:00:00+00:00'"],
    ["2024-05-01T20:00:00 and more", "Invalid isoformat string: '2024-05-01T20:00:00 and more'"],
    ["0000-01-01", "year 0 is out of range"],
    ["2024-13-01", "month must be in 1..12"],
    ["2023-02-29", "day is out of range for month"],
    ["2024-05-01T24:00:00", "hour must be in 0..23"],
    ["2024-05-01T20:60:00", "minute must be in 0..59"],
    ["2024-05-01T20:00:60", "second must be in 0..59"],
  ])("%s: %s", (source, why) => {
    expect(parsePythonDate(source)).toEqual({ kind: "invalid", why });
  });
});
