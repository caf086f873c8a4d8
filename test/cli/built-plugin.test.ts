import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { builtPlugin, whyToBuild } from "../../src/cli/plugin/built-plugin";
import { readBuilt, updatePackage } from "../../src/shelf/plugin/built";
import { pluginFolder } from "../support/node/plugin-folder";
import { tempDir } from "../support/node/temp-dir";

const RELEASE = path.resolve("scripts/release.mjs");

/** A checkout whose build is quick: it makes a plugin of one source. */
function checkout(build = ""): { root: string; source: string; folder: string } {
  const root = tempDir();
  for (const folder of ["src/core", "src/shelf", "scripts", "node_modules/typescript-to-lua"])
    fs.mkdirSync(path.join(root, folder), { recursive: true });
  const source = path.join(root, "src/core/a.ts");
  fs.writeFileSync(source, "export const BOOTSTRAP = 1;\n");
  fs.writeFileSync(path.join(root, "src/core/release.ts"), "export const BOOTSTRAP = 1;\n");
  const script = `import fs from "node:fs"; import { writeRelease } from ${JSON.stringify(RELEASE)};
    ${build}
    const folder = "koplugin/ribbon.koplugin"; fs.mkdirSync(folder, { recursive: true });
    fs.copyFileSync("src/core/a.ts", folder + "/ribbon.lua"); writeRelease(folder, { version: "1.0.0" });`;
  fs.writeFileSync(path.join(root, "scripts/build.mjs"), script);
  return { root, source, folder: path.join(root, "koplugin/ribbon.koplugin") };
}

/** What is told while the plugin is fetched. */
async function toldBy(root: string): Promise<string[]> {
  const told: string[] = [];
  await builtPlugin(line => void told.push(line), root);
  return told;
}

const later = (file: string) => fs.utimesSync(file, Date.now() / 1000 + 10, Date.now() / 1000 + 10);

describe("the built plugin", () => {
  it("is built when it is absent, and not again", async () => {
    const { root, folder } = checkout();
    expect(whyToBuild(folder, root)).toBe("absent");
    expect(await toldBy(root)).toEqual(["Building the plugin …"]);
    expect(await toldBy(root)).toEqual([]);
  });

  it("is built again when a source is newer, but not for the server's sake", async () => {
    const { root, source, folder } = checkout();
    const { plugin } = await builtPlugin(() => undefined, root);
    expect(updatePackage(plugin).toString()).toContain("BOOTSTRAP");
    fs.writeFileSync(path.join(root, "src/shelf/b.ts"), "");
    later(path.join(root, "src/shelf/b.ts"));
    expect(whyToBuild(folder, root)).toBeUndefined();
    fs.writeFileSync(source, "-- changed");
    later(source);
    expect(whyToBuild(folder, root)).toBe("old");
    expect(updatePackage((await builtPlugin(() => undefined, root)).plugin).toString()).toBe("-- changed");
  });

  it("is built again when a file of it is not what the release says", async () => {
    const { root, folder } = checkout();
    await toldBy(root);
    fs.appendFileSync(path.join(folder, "ribbon.lua"), "x");
    expect(whyToBuild(folder, root)).toBe("damaged");
    expect(await toldBy(root)).toEqual(["Building the plugin …"]);
  });

  it("says what a build needs that is not installed", async () => {
    const { root } = checkout();
    fs.rmSync(path.join(root, "node_modules"), { recursive: true });
    await expect(toldBy(root)).rejects.toThrow(`run npm ci in ${root}`);
  });

  it("says why a build failed, without the trace of this program", async () => {
    const { root } = checkout(`console.error("src/a.ts(1,1): error TS1005"); process.exit(1);`);
    await expect(toldBy(root)).rejects.toThrow(/^the plugin cannot be built:\nsrc\/a\.ts\(1,1\): error TS1005$/);
  });
});

describe("a plugin's folder", () => {
  it("is read only as far as its release goes", () => {
    const folder = pluginFolder("1.2.3");
    fs.writeFileSync(path.join(folder, "baked.json"), "a key");
    fs.mkdirSync(path.join(folder, "previous"));
    const built = readBuilt(folder);
    if (!built.ok) throw new Error(built.failure.kind);
    expect([...built.value.files.keys()]).toEqual(["_meta.lua", "main.lua", "ribbon.lua"]);
    expect(built.value.release.version).toBe("1.2.3");
    expect(updatePackage(built.value).toString()).toMatch(
      /^-- _meta\.lua of 1\.2\.3\n-- main\.lua .*\n-- ribbon\.lua .*\n$/,
    );
  });

  it.each([
    ["nothing", (folder: string) => fs.rmSync(path.join(folder, "release.json")), { kind: "absent" }],
    [
      "a file less",
      (folder: string) => fs.rmSync(path.join(folder, "main.lua")),
      { kind: "damaged", file: "main.lua" },
    ],
    [
      "another byte",
      (folder: string) => fs.writeFileSync(path.join(folder, "main.lua"), "-- main.lua of 0.2.1\n"),
      { kind: "damaged", file: "main.lua" },
    ],
    [
      "half a release",
      (folder: string) => fs.truncateSync(path.join(folder, "release.json"), 100),
      { kind: "damaged", file: "release.json" },
    ],
  ])("with %s is not handed out", (_what, damage, expected) => {
    const folder = pluginFolder();
    damage(folder);
    expect(readBuilt(folder)).toEqual({ ok: false, failure: expected });
  });
});
