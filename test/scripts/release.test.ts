import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { BOOTSTRAP, readRelease } from "../../src/core/release";
import { writeRelease } from "../../scripts/release.mjs";
import { tempDir } from "../support/node/temp-dir";

const PLUGIN = "koplugin/ribbon.koplugin";

function releaseIn(folder: string): ReturnType<typeof readRelease> {
  return readRelease(JSON.parse(fs.readFileSync(path.join(folder, "release.json"), "utf8")));
}

test("the plugin says what it consists of, so that a device can check it", () => {
  const release = releaseIn(PLUGIN);
  if (!release.ok) throw new Error(release.failure);
  const { version, bootstrap, files, package: whole } = release.value;
  const { version: wanted } = JSON.parse(fs.readFileSync("package.json", "utf8")) as { version: string };
  expect([version, bootstrap, whole.name]).toEqual([wanted, BOOTSTRAP, `ribbon-${wanted}.update`]);
  expect(files.map(({ name }) => name)).toEqual(
    fs
      .readdirSync(PLUGIN)
      .filter(name => name !== "release.json")
      .sort(),
  );
});

test("a connection that a server put in is not part of a release", () => {
  const folder = tempDir();
  fs.writeFileSync(path.join(folder, "main.lua"), "return {}");
  writeRelease(folder, { version: "1.0.0" });
  const before = fs.readFileSync(path.join(folder, "release.json"), "utf8");
  fs.writeFileSync(path.join(folder, "baked.json"), "{}");
  writeRelease(folder, { version: "1.0.0" });
  expect(fs.readFileSync(path.join(folder, "release.json"), "utf8")).toBe(before);
});
