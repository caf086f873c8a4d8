// What is copied onto an e-reader: whatever the compiler let through, Lua would tell the reader.
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import { describe, expect, it } from "vitest";
import { readDeclarations } from "../../scripts/declarations.mjs";
import { compilerProblem, moduleProblems } from "../support/node/bundle";
import { luaFiles } from "../support/node/lua-source";
import { MOST_START_BYTES, START_MODULES } from "./start-modules";

const PLUGIN = "koplugin/ribbon.koplugin";
const known = new Set(readDeclarations("types").modules.map(module => module.name));
const packed = luaFiles(PLUGIN);
const emitted = luaFiles("build/plugin");

describe("the built plugin", () => {
  it("is there, whole", () => {
    expect([...packed.keys()]).toEqual(expect.arrayContaining(["_meta.lua", "main.lua", "ribbon.lua"]));
    expect(emitted.size).toBeGreaterThan(10);
  });

  it.each([...packed.keys()])("%s is Lua that LuaJIT takes", file => {
    expect(compilerProblem(`${PLUGIN}/${file}`)).toBeUndefined();
  });

  it("uses what KOReader has, by KOReader's names, and touches no global", () => {
    expect(moduleProblems(emitted, known)).toEqual([]);
  });

  it("stays clean when packed", () => {
    // A part is no module: it takes names from the bundle and gives back a table.
    const loader = new Map([...packed].filter(([file]) => file === "main.lua" || file === "_meta.lua"));
    expect(moduleProblems(loader, known)).toEqual([]);
    const definitions = [...packed.values()].flatMap(text => [...text.matchAll(/^modules\["([^"]+)"\] = /gm)]);
    const own = new Set(definitions.map(([, name = ""]) => name));
    const globals = moduleProblems(packed, new Set([...known, ...own]));
    expect(globals.filter(problem => !problem.endsWith("computes a module's name"))).toEqual([]);
  });

  it("reads at a start nothing of what a first use loads", () => {
    const start = packed.get("ribbon.lua") ?? "";
    const parts = [...start.matchAll(/^packs\["([^"]+)"\] = "([^"]+)"$/gm)];
    expect(parts.length).toBeGreaterThan(5);
    for (const [, entry = "", file = ""] of parts) {
      expect(start).not.toContain(`modules["${entry}"] =`);
      expect(packed.get(`${file}.lua`)).toContain(`modules["${entry}"] =`);
    }
  });

  it("has in what every start loads these modules and no other, and not more of them", () => {
    const start = packed.get("ribbon.lua") ?? "";
    const modules = [...start.matchAll(/^modules\["src\.([^"]+)"\] =/gm)].map(([, name = ""]) =>
      name.replaceAll(".", "/"),
    );
    expect(modules.sort()).toEqual(START_MODULES);
    expect(Buffer.byteLength(start)).toBeLessThanOrEqual(MOST_START_BYTES);
  });

  it.each([
    ["C", "Keeps your place"],
    ["de", "Hält Leseposition"],
    ["de_AT", "Hält Leseposition"],
    ["fr", "Keeps your place"],
  ])("tells KOReader its name, what it does and which version it is, in %s", (language, words) => {
    const script = [
      `local texts = setmetatable({ current_lang = "${language}" }, { __call = function(_, text) return text end })`,
      "package.preload.gettext = function() return texts end",
      `local meta = dofile("${PLUGIN}/_meta.lua")`,
      'print(meta.fullname, meta.description:match("^%S+ %S+ ?%S*"), meta.version)',
    ].join("\n");
    const { version } = JSON.parse(fs.readFileSync("package.json", "utf8")) as { version: string };
    const { stdout } = spawnSync("luajit", ["-e", script], { encoding: "utf8" });
    expect(stdout.startsWith(`Ribbon\t${words}`)).toBe(true);
    expect(stdout.endsWith(`\t${version}\n`)).toBe(true);
  });
});

describe("a wrong module is found", () => {
  const right = 'local UIManager = require("ui/uimanager")\nlocal a = { date = 1 }\nreturn a.date';

  it.each([
    ["that reads a global", "local now = Date.now()", "m reads the global Date"],
    ["that prints", 'print("here")', "m reads the global print"],
    ["that writes a global", "helper = 1", "m writes the global helper"],
    ["that makes a global function", "function helper() end", "m writes the global helper"],
    ["that writes a global through _G", "_G.helper = 1", "m writes the global helper"],
    ["that names a KOReader module with dots", 'require("ui.uimanager")', "which KOReader calls ui/uimanager"],
    ["that requires what nobody declares", 'require("lfs")', "m requires lfs, which neither we nor types/ declare"],
    ["that requires without brackets", 'require "nobody"', "m requires nobody"],
    ["that computes a name", 'require("a" .. "b")', "m computes a module's name"],
    ["that requires itself", 'require("m")', "a cycle: m → m"],
  ])("%s", (_what, text, problem) => {
    expect(moduleProblems(new Map([["m.lua", text]]), known).join("\n")).toContain(problem);
  });

  it("that is no Lua", () => {
    expect(() => moduleProblems(new Map([["m.lua", "return nil.x"]]), known)).toThrow();
  });

  it("and a right one is not", () => {
    expect(moduleProblems(new Map([["m.lua", right]]), known)).toEqual([]);
  });

  it("that LuaJIT refuses for its many locals", () => {
    const file = "build/many-locals.lua";
    fs.mkdirSync("build", { recursive: true });
    fs.writeFileSync(file, Array.from({ length: 201 }, (_, index) => `local v${index} = ${index}`).join("\n"));
    expect(compilerProblem(file)).toContain("more than 200 local variables");
  });
});
