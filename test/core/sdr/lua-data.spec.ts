import { readJson } from "../../../src/core/sdr/json-reader";
import { jsonText } from "../../../src/core/sdr/json-text";
import { SIDECAR_LIMITS } from "../../../src/core/sdr/limits";
import { readLuaData } from "../../../src/core/sdr/lua-reader";
import { get, getText, listItems, type LuaValue } from "../../../src/core/sdr/lua-value";
import { luaFile, luaText } from "../../../src/core/sdr/lua-writer";
import { numberText } from "../../../src/core/sdr/number-text";
import { describe, equal, it, ok } from "../../support/spec";

function read(body: string): LuaValue | undefined {
  const result = readLuaData(body);
  return result.ok ? result.value : undefined;
}

function reason(body: string, limits = SIDECAR_LIMITS): string {
  const result = readLuaData(body, limits);
  return result.ok ? "read" : result.failure.reason;
}

/** What luajit of KOReader v2026.07.2 wrote with its own `dump(data, nil, true)`. */
const GENUINE = [
  "-- /mnt/onboard/Ash.sdr/metadata.epub.lua",
  "return {",
  '    ["annotations"] = {',
  "        [1] = {",
  '            ["datetime"] = "2026-11-21 08:00:59",',
  '            ["note"] = "two\\',
  'lines, a \\"quote\\", C:\\\\temp\\9tab\\13\\0001",',
  '            ["page"] = 12,',
  "        },",
  "    },",
  '    ["doc_props"] = {},',
  '    ["inverse_reading_order"] = false,',
  '    ["percent_finished"] = 0.33333333333333,',
  "}",
  "",
].join("\n");

describe("a data file of KOReader", () => {
  it("is read, and written again byte by byte", () => {
    const data = readLuaData(GENUINE);
    ok(data.ok);
    if (!data.ok) return;
    const note = getText(listItems(get(data.value, "annotations") as never)[0], "note");
    equal(note, `two\nlines, a "quote", C:\\temp\ttab\r${String.fromCharCode(0)}1`);
    equal(get(data.value, "inverse_reading_order"), false);
    equal(luaFile("/mnt/onboard/Ash.sdr/metadata.epub.lua", data.value), GENUINE);
  });

  it("may name keys in every way that a table of data can", () => {
    const table = read("return { a = 1; ['b'] = -0x1F, [3] = .5e1, 'first', [\"d\"] = nil, [true] = {}, }");
    equal(jsonText(table ?? "nothing"), '{"#":[[1,"first"],[3,5],["a",1],["b",-31],[true,{}]]}');
  });

  it("says nothing where KOReader wrote inf, nan or a table inside itself", () => {
    const loop = "nil --[[ LOOP:\n    ^------- ]]";
    equal(luaText(read(`return {["a"] = inf, ["b"] = nan, ["c"] = ${loop}, ["d"] = 1}`) ?? ""), '{\n    ["d"] = 1,\n}');
  });

  it("is no program", () => {
    const programs = [
      "return os.execute('x')",
      "return {os.exit()}",
      'return {["a"] = (function() while true do end end)()}',
      'os.remove("x") return {}',
      "return {} os.remove('x')",
      "return {1 + 1}",
      "return {a.b}",
      'return {"a" .. "b"}',
      "return {[[long]]}",
      "return {#'a'}",
      "return {_G}",
      "return {-inf}",
      "return function() end",
      "return setmetatable({}, {})",
      "\x1bLJ\x02",
    ];
    for (const text of programs) equal(reason(text), "not-data");
  });

  it("that is cut anywhere is not taken for a whole one", () => {
    let length = 0;
    while (length < GENUINE.length - 2) {
      ok(!readLuaData(GENUINE.slice(0, length)).ok, `${length} bytes were enough`);
      length += 1;
    }
  });

  it("is bounded in length, depth, number of values and length of a string", () => {
    equal(reason("return {}", { ...SIDECAR_LIMITS, bytes: 8 }), "too-long");
    equal(reason(`return ${"{".repeat(1_000_000)}`), "too-deep");
    equal(reason(`return {${"1,".repeat(500_000)}}`), "too-many");
    equal(reason(`return {"${"x".repeat(2 * 1024 * 1024)}"}`), "string-too-long");
    equal(reason(`return {"${"\\n".repeat(2 * 1024 * 1024)}"}`), "string-too-long");
    equal(reason(`return {["a"] = "${"x".repeat(1000)}`), "not-data");
  });
});

describe("a number", () => {
  it("is written with 14 digits, as LuaJIT does", () => {
    const cases: [value: number, text: string][] = [
      [0.1 + 0.2, "0.3"],
      [1 / 3, "0.33333333333333"],
      [-2 / 3, "-0.66666666666667"],
      [1e14, "1e+14"],
      [99_999_999_999_999, "99999999999999"],
      [1e-5, "1e-05"],
      [0.0001, "0.0001"],
      [1e100, "1e+100"],
      [0.999999999999999, "1"],
      [9.99999999999999e-5, "0.0001"],
      [1_795_248_059.25, "1795248059.25"],
      [-0, "-0"],
    ];
    for (const [value, text] of cases) equal(numberText(value), text);
  });
});

describe("canonical JSON", () => {
  it("says the same for the same table, in whatever order it was written", () => {
    const one = read('return {["b"] = {1, 2}, ["a"] = "\\1\\"\\\\"}') ?? "";
    const two = read('return {["a"] = "\\1\\"\\\\", ["b"] = {[2] = 2, [1] = 1}}') ?? "";
    equal(jsonText(one), '{"a":"\\u0001\\"\\\\","b":[1,2]}');
    equal(jsonText(two), jsonText(one));
  });

  it("comes back as it was, holes and odd keys too", () => {
    for (const text of ['{"#":[[2,"x"],[4,"y"]]}', '{"#":[["#",1]]}', "[[],1]", '{"a":{},"b":-0.5}', '"\\u007f"']) {
      const value = readJson(text);
      equal(value.ok ? jsonText(value.value) : value.failure.reason, text === "[[],1]" ? "[{},1]" : text);
    }
  });

  it("of another hand is refused, not guessed at", () => {
    for (const text of ["", "{", '{"a"}', "[1,]", "null", "[null]", "NaN", '"\\u00e9"', "1 2", "{'a':1}", "01a", "--1"])
      ok(!readJson(text).ok, text);
    ok(!readJson("[".repeat(100_000)).ok);
  });
});
