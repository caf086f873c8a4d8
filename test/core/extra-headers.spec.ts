import { checkHeader, headersOf, masked, MOST_HEADERS, putHeader } from "../../src/core/extra-headers";
import { describe, equal, it, same } from "../support/spec";

describe("an extra header", () => {
  it("is taken as it is typed, without the blanks around it", () => {
    same(checkHeader(" CF-Access-Client-Id ", " 12ab.access "), {
      ok: true,
      value: { name: "CF-Access-Client-Id", value: "12ab.access" },
    });
  });

  for (const [name, value, problem] of [
    ["", "x", "name"],
    ["CF Access", "x", "name"],
    ["X-Ä", "x", "name"],
    ["X:Y", "x", "name"],
    ["X-A", "", "value"],
    ["X-A", "one\r\nX-B: two", "value"],
    ["X-A", "ä", "value"],
    ["Authorization", "Bearer x", "reserved"],
    ["host", "x", "reserved"],
    ["CONTENT-LENGTH", "1", "reserved"],
    ["User-Agent", "x", "reserved"],
    ["X".repeat(65), "x", "long"],
    ["X-A", "x".repeat(2049), "long"],
  ] as const) {
    it(`“${name.slice(0, 20)}: ${value.slice(0, 10)}” is refused: ${problem}`, () => {
      same(checkHeader(name, value), { ok: false, failure: problem });
    });
  }
});

describe("the extra headers of a connection", () => {
  const one = { name: "X-One", value: "1" };
  const two = { name: "X-Two", value: "2" };

  it("grow, change in place, and keep their order", () => {
    same(putHeader([one], two), { ok: true, value: [one, two] });
    const other = { name: "X-Other", value: "3" };
    same(putHeader([one, two], other, "x-one"), { ok: true, value: [other, two] });
  });

  it("have each name once, in any case", () => {
    same(putHeader([one, two], { name: "x-two", value: "3" }), { ok: false, failure: "twice" });
    same(putHeader([one, two], { name: "X-TWO", value: "3" }, "X-One"), { ok: false, failure: "twice" });
    same(putHeader([one, two], { name: "X-TWO", value: "3" }, "X-Two").ok, true);
  });

  it("are not endless", () => {
    const many = Array.from({ length: MOST_HEADERS }, (_value, index) => ({ name: `X-${index}`, value: "v" }));
    same(putHeader(many, one), { ok: false, failure: "many" });
    equal(headersOf(many.concat(many.map(({ name }) => ({ name: `${name}-more`, value: "v" })))).length, MOST_HEADERS);
  });

  it("are read from a file as far as they make sense", () => {
    same(headersOf([one, "text", 3, {}, { name: "Host", value: "x" }, { name: "X-One", value: "again" }, two]), [
      one,
      two,
    ]);
  });

  it("show only their end", () => {
    equal(masked("0123456789abcdef"), "••••cdef");
    equal(masked("short"), "••••");
  });
});
