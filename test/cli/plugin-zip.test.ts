import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { unzipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { readBuilt } from "../../src/shelf/plugin/built";
import { pluginZip, zipName } from "../../src/shelf/plugin/package";
import { pluginFolder } from "../support/node/plugin-folder";
import { tempDir } from "../support/node/temp-dir";

const BAKED = { id: "1", name: "Home", url: "https://books.example.org", key: "tk_1" };

function built(folder: string) {
  const found = readBuilt(folder);
  if (!found.ok) throw new Error(found.failure.kind);
  return found.value;
}

/** The ZIP of a folder, made by a process in another time zone. */
function zippedElsewhere(folder: string, zone: string): Buffer {
  const script = `import { readBuilt } from "./src/shelf/plugin/built"; import { pluginZip } from "./src/shelf/plugin/package";
    const built = readBuilt(${JSON.stringify(folder)}); if (built.ok) process.stdout.write(pluginZip(built.value));`;
  const run = spawnSync(process.execPath, ["--import", "tsx", "--input-type=module", "-e", script], {
    env: { ...process.env, TZ: zone },
    maxBuffer: 1e7,
  });
  expect(run.stderr.toString()).toBe("");
  return run.stdout;
}

describe("the plugin's ZIP", () => {
  it("is the same byte for byte, wherever and whenever it is packed", () => {
    const [here, there] = [pluginFolder(), pluginFolder()];
    for (const file of fs.readdirSync(there)) {
      fs.utimesSync(path.join(there, file), 1, 1);
      fs.chmodSync(path.join(there, file), 0o700);
    }
    const zip = Buffer.from(pluginZip(built(here)));
    expect(zip.length).toBeGreaterThan(500);
    for (const zone of ["Pacific/Kiritimati", "America/New_York"])
      expect(zippedElsewhere(there, zone).equals(zip), zone).toBe(true);
    expect(Buffer.from(pluginZip(built(here), BAKED)).equals(zip)).toBe(false);
  });

  it("is what unpackers understand: one folder, plain files that anybody may read", () => {
    const [folder, target] = [tempDir(), tempDir()];
    fs.writeFileSync(path.join(folder, "a.zip"), pluginZip(built(pluginFolder())));
    const test = spawnSync("unzip", ["-q", "a.zip", "-d", target], { cwd: folder, encoding: "utf8" });
    expect([test.status, test.stderr]).toEqual([0, ""]);
    expect(fs.readdirSync(target)).toEqual(["ribbon.koplugin"]);
    const plugin = path.join(target, "ribbon.koplugin");
    expect(fs.readdirSync(plugin).sort()).toEqual(["_meta.lua", "main.lua", "release.json", "ribbon.lua"]);
    for (const file of fs.readdirSync(plugin)) expect(fs.statSync(path.join(plugin, file)).mode & 0o777).toBe(0o644);
    expect(readBuilt(plugin).ok).toBe(true);
  });

  it("holds a connection only when it is given one, and then says so in its name", () => {
    const plugin = built(pluginFolder());
    expect(Object.keys(unzipSync(pluginZip(plugin)))).not.toContain("ribbon.koplugin/baked.json");
    const files = unzipSync(pluginZip(plugin, BAKED));
    expect(JSON.parse(Buffer.from(files["ribbon.koplugin/baked.json"] ?? []).toString())).toEqual({
      version: 1,
      kind: "tome",
      ...BAKED,
    });
    expect([zipName("0.2.0", false), zipName("0.2.0", true)]).toEqual([
      "ribbon.koplugin-0.2.0.zip",
      "ribbon.koplugin-0.2.0-with-key.zip",
    ]);
  });
});
