// Imports run one way: main → app → {ui, koreader, protocol, core} → ports.
import fs from "node:fs";
import { describe, expect, it } from "vitest";
import { architectureProblems } from "../support/node/architecture";

function readSources(): Map<string, string> {
  const files = fs.readdirSync("src", { recursive: true, encoding: "utf8" }).filter(file => /\.tsx?$/.test(file));
  return new Map(files.map(file => [`src/${file}`, fs.readFileSync(`src/${file}`, "utf8")]));
}

it("imports run one way", () => {
  expect(architectureProblems(readSources())).toEqual([]);
});

describe("a wrong import is found", () => {
  it.each([
    ["core knows KOReader", "src/core/a.ts", 'import util = require("ffi/util");', "src/core/a imports ffi/util"],
    ["core knows Node", "src/core/a.ts", 'import fs from "node:fs";', "src/core/a imports node:fs"],
    ["protocol knows KOReader", "src/protocol/tome/a.ts", 'import x = require("socket");', "imports socket"],
    ["core uses app", "src/core/a.ts", 'import { x } from "../app/b";', "core may not use app"],
    ["core uses ports", "src/core/a.ts", 'import { x } from "../ports/b";', "core may not use ports"],
    ["ports use core", "src/ports/a.ts", 'import { type T, x } from "../core/b";', "ports may not use core"],
    ["ui knows a protocol", "src/ui/a.ts", 'export { x } from "../protocol/tome/b";', "ui may not use protocol"],
    ["koreader knows a protocol's type", "src/koreader/a.ts", 'import type { T } from "../protocol/b";', "protocol"],
    ["app uses main", "src/app/a.ts", 'import { x } from "../main";', "app may not use main"],
    ["app makes a widget", "src/app/a.ts", 'import W = require("ui/widget/menu");', "imports ui/widget/menu"],
    ["protocol uses a part", "src/protocol/a.ts", 'import { part } from "../parts";', "protocol may not use base"],
    ["core imports later", "src/core/a.ts", 'const x = import("../ui/b");', "core may not use ui"],
    ["a type names a module", "src/core/a.ts", 'type T = typeof import("../ui/b");', "core may not use ui"],
    ["shelf uses app", "src/shelf/a.ts", 'import { x } from "../app/b.js";', "shelf may not use app"],
    ["shelf's pages use app", "src/shelf/a.tsx", 'import { x } from "../app/b"; <p />;', "src/shelf/a imports"],
    ["a new folder", "src/utils/a.ts", 'import { x } from "../core/b";', "src/utils/a is in no known folder"],
  ])("%s", (_what, file, text, problem) => {
    expect(architectureProblems(new Map([[file, text]])).join("\n")).toContain(problem);
  });

  it("a cycle", () => {
    const sources = new Map([
      ["src/core/a.ts", 'import { b } from "./b";'],
      ["src/core/b.ts", 'import { c } from "./deep/c";'],
      ["src/core/deep/c.ts", 'import { a } from "../a";'],
    ]);
    expect(architectureProblems(sources)).toEqual(["a cycle: src/core/a → src/core/b → src/core/deep/c → src/core/a"]);
  });
});

it("what the design allows is allowed", () => {
  const sources = new Map([
    ["src/main.ts", 'import { x } from "./app/a"; import D = require("dispatcher");'],
    ["src/app/a.ts", 'import { x } from "../protocol/tome/b"; import { part } from "../parts";'],
    ["src/parts.ts", 'type T = typeof import("./ui/menu");'],
    ["src/ui/menu.ts", 'import U = require("ui/uimanager"); import { g } from "../guard";'],
    ["src/core/a.ts", 'import type { T } from "../ports/b";'],
    ["src/ports/b.ts", 'import type { A } from "../core/a";'],
    ["src/cli/a.ts", 'import { x } from "../shelf/b.js"; import fs from "node:fs";'],
  ]);
  expect(architectureProblems(sources)).toEqual([]);
});
