// The compiler's library, cut in two: what a start needs, and what loads with a part.
import { spawnSync } from "node:child_process";
import { expect, it } from "vitest";
import { exportsOf, featuresIn, featureSource, lualibSource } from "../../scripts/lualib.mjs";

const define = (name: string, source: string): string => `package.preload["${name}"] = function()\n${source}\nend`;

function run(...lines: string[]): string {
  const { stdout, stderr } = spawnSync("luajit", ["-e", lines.join("\n")], { encoding: "utf8" });
  return stdout + stderr;
}

it("names the functions that a module calls", () => {
  const source = [
    'local ____lualib = require("lualib_bundle")',
    "local __TS__New = ____lualib.__TS__New",
    "local Map = ____lualib.Map",
  ];
  expect(featuresIn(source.join("\n"))).toEqual(["lualib.New", "lualib.Map"]);
});

it("finds what stands elsewhere when it is asked for, and what that needs in either place", () => {
  const library = lualibSource(["lualib.New", "lualib.Class"]);
  const modules = ["lualib.Set", "lualib.Symbol", "lualib.Iterator"];
  const elsewhere = modules.map(name => define(name, featureSource(name)));
  const places = modules.flatMap(name => exportsOf(name).map(called => `["${called}"] = "${name}"`));
  const output = run(
    `places = { ${places.join(", ")} }`,
    define("lualib_bundle", library),
    ...elsewhere,
    'local lualib = require("lualib_bundle")',
    "print(package.loaded['lualib.Set'], lualib.__TS__Delete)",
    'print(lualib.__TS__New(lualib.Set, { "a", "b", "a" }).size)',
  );
  expect(output).toBe("nil\tnil\n2\n");
});
