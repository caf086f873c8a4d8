// What KOReader's own serializer writes is what ours writes, and is read back as it was. Needs KOReader's Lua files.
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import fc from "../support/node/fast-check";
import { describe, expect, test } from "vitest";
import { jsonText } from "../../src/core/sdr/json-text";
import { readLuaData } from "../../src/core/sdr/lua-reader";
import { listOf, tableOf, type LuaValue } from "../../src/core/sdr/lua-value";
import { luaText } from "../../src/core/sdr/lua-writer";

const KOREADER = process.env["KOREADER"] ?? "/opt/koreader-emu/koreader";
const isHere = fs.existsSync(path.join(KOREADER, "frontend/dump.lua"));
if (!isHere)
  console.warn(`KOReader's serializer is not compared: ${KOREADER} has none (KOREADER=… names another place)`);

/** Bytes of every kind, and what trips up serializers. */
const text = fc.oneof(
  fc.string({ unit: "binary", maxLength: 20 }).map(each => Buffer.from(each, "utf8").toString("latin1")),
  fc.constantFrom(
    "a\r\nb",
    "\u00001",
    "\\",
    '\\"',
    "end",
    "\u007f0",
    "[[x]]",
    "--",
    "\u00f0\u009f\u0098\u0080",
    "\t\b\v",
  ),
);
const number = fc.oneof(
  fc.integer(),
  fc
    .double({ noNaN: true, noDefaultInfinity: true, min: -1e15, max: 1e15 })
    .map(each => (Math.abs(each) < 1e-290 ? 0.5 : each)),
  fc.constantFrom(0, -0, 1e14, 99_999_999_999_999, 1e-5, 0.0001, 2 ** 40, 1e100, 0.1, 1 / 3),
);

const { value } = fc.letrec<{ value: LuaValue }>(tie => ({
  value: fc.oneof(
    { maxDepth: 4, depthIdentifier: "value" },
    text,
    number,
    fc.boolean(),
    fc.array(tie("value"), { maxLength: 4, depthIdentifier: "value" }).map(listOf),
    fc.dictionary(text, tie("value"), { maxKeys: 4, depthIdentifier: "value", noNullPrototype: true }).map(tableOf),
  ),
}));
const table = fc.dictionary(text, value, { maxKeys: 5, noNullPrototype: true }).map(tableOf);

/** Loads each file as KOReader does, and writes what its serializer makes of it. */
const SCRIPT = `
package.path = "frontend/?.lua;?.lua;" .. package.path
package.preload["ffi/util"] = function()
  local source = io.open("ffi/util.lua"):read("*a")
  local body = source:match("(local function __genOrderedIndex.-)%-%-%[%[%-%-\\nThe util.template")
  return load("local util = {} " .. body .. " return util")()
end
local dump = require("dump")
for i = 1, tonumber(arg[2]) do
  local file = io.open(arg[1] .. "/" .. i .. ".out", "wb")
  file:write(dump(dofile(arg[1] .. "/" .. i .. ".lua"), nil, true))
  file:close()
end`;

describe.skipIf(!isHere)("KOReader's own serializer", () => {
  test("writes what ours writes", { timeout: 1_200_000 }, () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "ribbon-dump-"));
    const seed = Number(process.env["RIBBON_SEED"] ?? 1);
    const tables = fc.sample(table, { numRuns: 2000, seed });
    tables.forEach((each, index) => {
      fs.writeFileSync(path.join(folder, `${index + 1}.lua`), `return ${luaText(each)}\n`, "latin1");
    });
    const script = path.join(folder, "dump.lua");
    fs.writeFileSync(script, SCRIPT);
    const run = spawnSync("./luajit", [script, folder, `${tables.length}`], { cwd: KOREADER, encoding: "utf8" });
    expect(run.stderr).toBe("");
    tables.forEach((each, index) => {
      const genuine = fs.readFileSync(path.join(folder, `${index + 1}.out`), "latin1");
      expect(luaText(each)).toBe(genuine);
      const read = readLuaData(`-- /a path\nreturn ${genuine}\n`);
      expect(read.ok && jsonText(read.value)).toBe(jsonText(each));
    });
    fs.rmSync(folder, { recursive: true });
  });
});

test("what is changed at random is read or refused, never run, and soon", () => {
  const change = fc.tuple(table, fc.nat(), fc.string({ unit: "binary", maxLength: 3 }), fc.nat(4));
  fc.assert(
    fc.property(change, ([each, at, insertion, removed]) => {
      const whole = `return ${luaText(each)}\n`;
      const place = at % whole.length;
      const read = readLuaData(`${whole.slice(0, place)}${insertion}${whole.slice(place + removed)}`);
      if (read.ok) expect(readLuaData(`return ${luaText(read.value)}`).ok).toBe(true);
    }),
    { numRuns: 3000, seed: 1 },
  );
});
