import { spawnSync } from "node:child_process";
import fs from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { unzipSync } from "fflate";
import { describe, expect, it, onTestFinished } from "vitest";
import { bakedConnection } from "../../src/cli/plugin/baked";
import { withNotes, writePackage } from "../../src/cli/plugin/package";
import { readRelease } from "../../src/core/release";
import { readBuilt, sha256Of } from "../../src/shelf/plugin/built";
import { pluginFolder } from "../support/node/plugin-folder";
import { tempDir } from "../support/node/temp-dir";

const KEY = `tk_${"a".repeat(40)}`;
const VERSION = (JSON.parse(fs.readFileSync("package.json", "utf8")) as { version: string }).version;
const SOURCES = ["src", "scripts", "types", "po", "LICENSE", "CHANGELOG.md", "package.json", "tsconfig.lua.json"];

function ribbon(words: readonly string[], options: { cwd?: string; input?: string; env?: object } = {}) {
  const { cwd = tempDir(), input = "", env = {} } = options;
  const main = path.resolve("bin/ribbon.mjs");
  return spawnSync(main, ["package", ...words], { cwd, input, encoding: "utf8", env: { ...process.env, ...env } });
}

function built(folder = pluginFolder()) {
  const found = readBuilt(folder);
  if (!found.ok) throw new Error(found.failure.kind);
  return found.value;
}

const zipIn = (folder: string, name: string) => unzipSync(fs.readFileSync(path.join(folder, name)));

/** A server that knows nothing but a folder of files. */
async function staticServer(folder: string): Promise<string> {
  const server = createServer((request, response) => {
    const file = path.join(folder, path.basename(request.url ?? ""));
    response.statusCode = fs.existsSync(file) ? 200 : 404;
    response.end(fs.existsSync(file) ? fs.readFileSync(file) : "");
  });
  await new Promise<void>(resolve => void server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe("ribbon package", () => {
  it("makes a ZIP, an update package, a release and their checksums", () => {
    const folder = tempDir();
    const { status, stdout, stderr } = ribbon([], { cwd: folder });
    expect([status, stderr.replace("Building the plugin …\n", "")]).toEqual([0, ""]);
    const names = [`ribbon.koplugin-${VERSION}.zip`, `ribbon-${VERSION}.update`, "release.json", "SHA256SUMS"];
    expect(stdout.split("\n").map(line => line.split("  ")[0])).toEqual([...names.map(name => `dist/${name}`), ""]);
    expect(fs.readdirSync(path.join(folder, "dist")).sort()).toEqual([...names].sort());
    const check = spawnSync("sha256sum", ["--check", "--strict", "SHA256SUMS"], { cwd: path.join(folder, "dist") });
    expect([check.status, check.stdout.toString().match(/OK/g)?.length]).toEqual([0, 3]);
    const files = Object.keys(zipIn(folder, `dist/${names[0]}`));
    expect(files.every(file => /^ribbon\.koplugin\/[^/]+$/.test(file))).toBe(true);
    for (const file of ["main.lua", "_meta.lua", "LICENSE", "NOTICE", "release.json"])
      expect(files).toContain(`ribbon.koplugin/${file}`);
    expect(files).not.toContain("ribbon.koplugin/baked.json");
  });

  it("puts a connection into the ZIP alone, warns, and lets nobody else read it", () => {
    const folder = tempDir();
    const words = ["--out", ".", "--server", "http://192.168.1.5:8080/", "--name", "At home"];
    const { status, stdout } = ribbon([...words, "--key", "-"], { cwd: folder, input: `${KEY}\n` });
    expect(status).toBe(0);
    expect(stdout).toMatch(/^ribbon\.koplugin-[\d.]+-with-key\.zip .*holds a key/m);
    expect(stdout.match(/holds a key/g)).toHaveLength(1);
    const zip = `ribbon.koplugin-${VERSION}-with-key.zip`;
    expect(fs.statSync(path.join(folder, zip)).mode & 0o077).toBe(0);
    const baked = zipIn(folder, zip)["ribbon.koplugin/baked.json"] ?? new Uint8Array();
    expect(JSON.parse(Buffer.from(baked).toString())).toMatchObject({
      version: 1,
      kind: "tome",
      name: "At home",
      url: "http://192.168.1.5:8080",
      key: KEY,
    });
    expect(fs.readdirSync(folder)).not.toContain(`ribbon.koplugin-${VERSION}.zip`);
    for (const file of fs.readdirSync(folder).filter(name => name !== zip))
      expect(fs.readFileSync(path.join(folder, file)).includes(KEY), file).toBe(false);
  });

  it("says that a device does not reach this computer under 127.0.0.1", () => {
    expect(ribbon(["--server", "http://localhost:8080", "--key", KEY]).stderr).toContain("this computer's address");
    expect(ribbon(["--server", "http://192.168.1.5", "--key", KEY]).stderr).not.toContain("Mind");
  });

  it.each([
    [["--server", "http://192.168.1.5"], "--server and --key belong together"],
    [["--key", KEY], "--server and --key belong together"],
    [["--name", "x"], "--server and --key belong together"],
    [["--server", "ftp://x", "--key", KEY], "ftp://x is no address of a server"],
    [["--server", "http://x", "--key", "a b"], "that is no key"],
    [["--notes", "/nowhere"], "cannot read the notes"],
    [["--out", "/dev/null/x"], "cannot write /dev/null/x/"],
  ])("%j is refused in a sentence", (words, sentence) => {
    const { status, stderr } = ribbon(words);
    expect(status).toBe(1);
    expect(stderr).toMatch(/^ribbon: [^\n]+\n$/);
    expect(stderr).toContain(sentence);
  });
});

describe("a release that was packed", () => {
  it("can be taken by a device from any static server", async () => {
    const folder = tempDir();
    writePackage(withNotes(built(), "• Quicker"), folder);
    const address = await staticServer(folder);
    const release = readRelease(await (await fetch(`${address}/release.json`)).json());
    if (!release.ok) throw new Error(release.failure);
    const { notes, files, package: update } = release.value;
    expect(notes).toBe("• Quicker");
    const bytes = Buffer.from(await (await fetch(`${address}/${update.name}`)).arrayBuffer());
    expect([bytes.length, sha256Of(bytes)]).toEqual([update.bytes, update.sha256]);
    let at = 0;
    for (const file of files) {
      expect(sha256Of(bytes.subarray(at, at + file.bytes)), file.name).toBe(file.sha256);
      at += file.bytes;
    }
    const inZip = zipIn(folder, "ribbon.koplugin-0.2.0.zip")["ribbon.koplugin/release.json"] ?? [];
    expect(Buffer.from(inZip).equals(fs.readFileSync(path.join(folder, "release.json")))).toBe(true);
  });

  it("with the same connection is the same, with another key another", () => {
    const typed = { server: "http://x", key: KEY };
    expect(bakedConnection(typed)).toEqual(bakedConnection({ server: " http://x/ ", key: ` ${KEY}` }));
    expect(bakedConnection(typed)).toMatchObject({ name: "x", url: "http://x" });
    expect(bakedConnection({ ...typed, key: `${KEY}b` })?.id).not.toBe(bakedConnection(typed)?.id);
    expect(bakedConnection({})).toBeUndefined();
  });
});

describe("the plugin built from the same sources", { timeout: 900_000 }, () => {
  it("elsewhere, later and in another time zone is the same byte for byte", () => {
    const root = path.join(tempDir(), "another folder");
    fs.mkdirSync(root);
    for (const name of SOURCES.filter(each => fs.existsSync(each)))
      fs.cpSync(name, path.join(root, name), { recursive: true });
    fs.symlinkSync(fs.realpathSync("node_modules"), path.join(root, "node_modules"));
    const env = { ...process.env, TZ: "Pacific/Kiritimati", LC_ALL: "C" };
    const build = spawnSync(process.execPath, ["scripts/build.mjs"], { cwd: root, env, encoding: "utf8" });
    expect(build.stderr).toBe("");
    const [here, there] = [tempDir(), tempDir()];
    writePackage(built("koplugin/ribbon.koplugin"), here);
    writePackage(built(path.join(root, "koplugin/ribbon.koplugin")), there);
    expect(fs.readFileSync(path.join(there, "SHA256SUMS"), "utf8")).toBe(
      fs.readFileSync(path.join(here, "SHA256SUMS"), "utf8"),
    );
  });
});
