// The first thing that a newcomer's checkout runs.
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { missingPackages } from "../../scripts/debian.mjs";
import { isNodeTooOld, isStale } from "../../scripts/setup.mjs";
import { tempDir } from "../support/node/temp-dir";

const locked = {
  packages: {
    "": { version: "0.1.0" },
    "node_modules/vitest": { version: "4.1.12" },
    "node_modules/@esbuild/win32-x64": { version: "1.0.0", optional: true },
  },
};

describe("node_modules", () => {
  it.each([
    ["as locked", { "node_modules/vitest": { version: "4.1.12" } }, false],
    ["with another version", { "node_modules/vitest": { version: "4.1.11" } }, true],
    ["not there", {}, true],
  ])("%s", (_what, packages, stale) => {
    expect(isStale(locked, { packages })).toBe(stale);
  });
});

it("the doctor is not started without packages, and nothing is installed for it", () => {
  const cwd = tempDir();
  const script = path.resolve("scripts/setup.mjs");
  const check = () => spawnSync(process.execPath, [script, "--check"], { cwd, encoding: "utf8" });
  expect(check()).toMatchObject({ status: 1, stderr: "The npm packages are not installed: run npm ci.\n" });
  expect(fs.readdirSync(cwd)).toEqual([]);
  fs.mkdirSync(path.join(cwd, "node_modules/tsx"), { recursive: true });
  expect(check()).toMatchObject({ status: 0, stdout: "", stderr: "" });
});

it.each([
  ["v18.20.0", true],
  ["v20.0.0", false],
  ["v24.1.0", false],
])("Node %s is too old: %s", (version, tooOld) => {
  expect(isNodeTooOld(version)).toBe(tooOld);
});

it("imports nothing from node_modules", () => {
  const texts = ["setup", "debian", "test-servers"].map(name => fs.readFileSync(`scripts/${name}.mjs`, "utf8"));
  const modules = texts.flatMap(text => [...text.matchAll(/^import .* from "([^"]+)"/gm)].map(([, module]) => module));
  expect(modules.filter(module => module?.startsWith("node:") !== true)).toEqual([
    "./debian.mjs",
    "./test-servers.mjs",
  ]);
});

it("names the package of a missing program", () => {
  const script = 'import("./scripts/debian.mjs").then(debian => debian.requirePrograms(["luajit", "busted"]))';
  const run = spawnSync(process.execPath, ["-e", script], { encoding: "utf8", env: { PATH: "/nowhere" } });
  expect(run.stderr).toContain("luajit and busted not found: apt-get install --yes luajit lua-busted");
});

it("asks for a browser only where pages are tested", () => {
  const script =
    'import("./scripts/debian.mjs").then(d => console.log([d.missingPackages(), d.missingPackages({ forTests: true })].join("|")))';
  const run = spawnSync(process.execPath, ["-e", script], { encoding: "utf8", env: { PATH: "/nowhere" } });
  const [build, tests] = run.stdout.trim().split("|");
  expect(build).not.toContain("chromium");
  expect(tests).toContain("chromium");
});

it("finds what is installed", () => {
  expect(missingPackages({ forTests: true })).toEqual([]);
});
