import { describe, expect, it } from "vitest";
import { clockOffset, onDevice, shifted, wallStamp } from "../../../src/shelf/annotations/wall-clock";

const HERE = "2026-05-01 10:00:00";

describe("the clocks of server and device", () => {
  it.each([
    [null, 0],
    ["yesterday", 0],
    ["2026-13-01 10:00:00", 0],
    ["2026-05-01T10:00:00Z", 0],
    ["2026-05-01 09:58:01", 0],
    ["2026-05-01 09:58:00", 120],
    ["2026-05-01 09:00:00", 3600],
    ["2026-05-01 12:00:00", -7200],
    ["1970-01-01 00:00:00", 1777629600],
  ])("%s is %d seconds behind", (device, expected) => {
    expect(clockOffset(device, HERE)).toBe(expected);
  });

  it("moves only the stamps of the server", () => {
    expect(onDevice({ stamp: HERE, isByServer: true }, 3600)).toBe("2026-05-01 09:00:00");
    expect(onDevice({ stamp: HERE, isByServer: false }, 3600)).toBe(HERE);
    expect(onDevice({ stamp: null, isByServer: true }, 3600)).toBeNull();
    expect(onDevice({ stamp: "once", isByServer: true }, 3600)).toBe("once");
  });

  it("never leaves the years that a stamp can write", () => {
    expect(shifted("9999-12-31 23:59:59", 10)).toBe("9999-12-31 23:59:59");
    expect(shifted("0000-01-01 00:00:00", -10)).toBe("0000-01-01 00:00:00");
    expect(wallStamp(new Date("2026-05-01T10:00:00Z"))).toMatch(/^2026-0[45]-\d\d \d\d:\d\d:00$/);
  });
});
