// crash.log names lines of one big file; a developer wants their own.
import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { trace } from "../../scripts/trace.mjs";
import { luaFiles } from "../support/node/lua-source";

const PLUGIN = "koplugin/ribbon.koplugin";

/** Named functions of the packed files, which TypeScript names alike. */
function namedFunctions(): { position: string; name: string }[] {
  return [...luaFiles(PLUGIN)].flatMap(([file, text]) =>
    text.split("\n").flatMap((line, index) => {
      const name = /^(?:local )?function (?:____exports\.)?([a-z]\w+)\(/.exec(line)?.[1];
      return name === undefined ? [] : [{ position: `/mnt/plugins/ribbon.koplugin/${file}:${index + 1}`, name }];
    }),
  );
}

/** The line of ours that a position was traced to. */
function sourceLine(traced: string): string {
  const [, file = "", line = "0"] = /(src\/\S+\.ts):(\d+)/.exec(traced) ?? [];
  return fs.existsSync(file) ? (fs.readFileSync(file, "utf8").split("\n")[Number(line) - 1] ?? "") : `lost: ${traced}`;
}

/** The bundle's loader is no TypeScript. */
const LOADER = ["require", "open"];

describe("a log of the built plugin", () => {
  it("is traced to the functions that it names", () => {
    const functions = namedFunctions().filter(({ name }) => !LOADER.includes(name));
    const wrong = functions.filter(({ position, name }) => !sourceLine(trace(position)).includes(name));
    expect(functions.length).toBeGreaterThan(20);
    expect(wrong).toEqual([]);
  });

  it("leaves TypeScriptToLua's own functions alone", () => {
    const text = fs.readFileSync(`${PLUGIN}/ribbon.lua`, "utf8").split("\n");
    const position = `ribbon.koplugin/ribbon.lua:${text.findIndex(line => line.includes("function __TS__")) + 1}`;
    expect(trace(position)).toBe(position);
  });
});

describe("a log", () => {
  const folder = "build/trace-test";
  const map = { version: 3, sources: ["../../../src/core/position.ts"], names: [], mappings: "AAAA;AACI" };
  const section = { offset: { line: 10, column: 0 }, map };
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, "release.json"), JSON.stringify({ version: "0.2.0" }));
  fs.writeFileSync(path.join(folder, "ribbon.lua.map"), JSON.stringify({ version: 3, sections: [section] }));
  const traced = (line: string): string => trace(line, { maps: folder, plugin: folder });

  it.each([
    [
      "plugins/ribbon.koplugin/ribbon.lua:12: attempt to index a nil value",
      "src/core/position.ts:2: attempt to index a nil value",
    ],
    [
      "\t...board/.adds/koreader/plugins/ribbon.koplugin/ribbon.lua:11: in function",
      "\tsrc/core/position.ts:1: in function",
    ],
    ["plugins/ribbon.koplugin/updates/0.2.0/ribbon.lua:12: x", "src/core/position.ts:2: x"],
    ["...bon.koplugin/updates/0.2.0/ribbon.lua:12: x", "src/core/position.ts:2: x"],
    [".../updates/0.2.0/ribbon.lua:12: x", "src/core/position.ts:2: x"],
    ["in function <plugins/ribbon.koplugin/ribbon.lua:12>", "in function <src/core/position.ts:2>"],
    [
      "in function 'a' [string \"plugins/ribbon.koplugin/ribbon.lua\"]",
      "in function 'a' [string \"plugins/ribbon.koplugin/ribbon.lua\"]",
    ],
  ])("%s", (line, expected) => {
    expect(traced(line)).toBe(expected);
  });

  it.each([
    ["another plugin's file", "plugins/kosync.koplugin/main.lua:12: x"],
    ["KOReader's file of the same name", "frontend/ui/widget/menu.lua:12: x"],
    ["another version", "plugins/ribbon.koplugin/updates/0.1.9/ribbon.lua:12: x"],
    ["the loader before all modules", "plugins/ribbon.koplugin/ribbon.lua:3: x"],
    ["a file without a map", "plugins/ribbon.koplugin/menu.lua:12: x"],
  ])("leaves %s alone", (_what, line) => {
    expect(traced(line)).toBe(line);
  });
});
