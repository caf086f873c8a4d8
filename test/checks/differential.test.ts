// A comparison that cannot find a difference proves nothing: these functions have known ones.
import fc from "../support/node/fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { compileLua } from "../../scripts/compile-lua.mjs";
import { integer, text } from "../differential/arbitraries";
import { differences } from "../support/node/differential";

const luaRoot = "build/differential";
const module = "test/fixtures/differential/traps";
const row = fc.record({ page: fc.integer({ min: 1, max: 3 }), title: text });

describe("the comparison of the runtimes", () => {
  beforeAll(() => compileLua({ roots: [`${module}.ts`, "test/support/lua/differential.ts"], outDir: luaRoot }));

  it.each([
    ["compareRows", fc.tuple(row, row)],
    ["trimmed", fc.tuple(text)],
    ["remainder", fc.tuple(integer, fc.constantFrom(3, -3, 7))],
  ])("finds that %s differs", async (name, arbitrary) => {
    const found = await differences({ module, function: name, arbitrary }, luaRoot);
    expect(found.length).toBeGreaterThan(0);
  });

  it.each([
    ["describeRow", fc.tuple(row)],
    ["signOf", fc.tuple(fc.double())],
    ["firstGiven", fc.tuple(fc.option(integer, { nil: undefined }), fc.option(integer, { nil: undefined }), text)],
  ])("finds that %s does not", async (name, arbitrary) => {
    expect(await differences({ module, function: name, arbitrary }, luaRoot)).toEqual([]);
  });

  it("says so when a function does not exist", async () => {
    const missing = { module, function: "missing", arbitrary: fc.tuple(row) };
    await expect(differences(missing, luaRoot)).rejects.toThrow("exports no missing");
  });
});
