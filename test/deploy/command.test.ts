// What is typed, what is printed, and the exit code.
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { addKoreader } from "../support/node/deploy/device-root";
import { samplePlugin, treeOf } from "../support/node/deploy/sample-plugin";
import { makeTempDir, tempDir } from "../support/node/temp-dir";

const one = samplePlugin(makeTempDir(), "1.0.0");

const ribbon = (...words: string[]) =>
  spawnSync(process.execPath, ["--import", "tsx", "src/cli/main.ts", "deploy", ...words], { encoding: "utf8" });

describe("ribbon deploy", { timeout: 900_000 }, () => {
  it("explains itself", () => {
    const { status, stdout } = ribbon("--help");
    expect(status).toBe(0);
    expect(stdout).toContain("ribbon deploy root@192.168.1.20");
    expect(stdout).toContain("--rollback");
  });

  it.each([
    [[], "Say where the device is"],
    [["root@x", "--usb"], "Name one device"],
    [["root@x", "--device", "fridge"], "fridge"],
    [["root@x", "--port", "99999"], "65535"],
    [["root@x", "--identity", "/no/key"], "no key /no/key"],
    [["root@x", "--kill"], "--restart"],
    [["root@x y"], "no address of a device"],
    [["--prot", "1"], "--prot"],
  ])("%j is wrong usage", (words, said) => {
    const { status, stdout, stderr } = ribbon(...words, "--from", one);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toContain(said);
    expect(stderr).not.toContain("    at ");
  });

  it("copies to a device, and tells each step", () => {
    const root = tempDir();
    fs.mkdirSync(path.join(root, ".kobo"));
    const plugins = addKoreader(root, ".adds/koreader");
    const { status, stdout, stderr } = ribbon(root, "--from", one);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout.trim().split("\n")).toEqual([
      `Kobo at ${root}: ${plugins}`,
      "Ribbon 1.0.0 (7 files, 295 KB) is installed; there was none before.",
      "Copied; checking it on the device.",
      "Checked; exchanging the versions.",
      "Ribbon 1.0.0 is on the device.",
      "Eject the device before you pull the cable; then start KOReader, or restart it.",
    ]);
    expect(treeOf(`${plugins}/ribbon.koplugin`)).toEqual(treeOf(one));
  });

  it.each([
    [["/no/such/folder"], "There is no folder /no/such/folder"],
    [["/tmp", "--from", "/no/plugin"], "/no/plugin holds no built plugin"],
    [["/tmp", "--from", one, "--server", "http://x:1"], "--server and --key belong together"],
  ])("%j fails in a sentence", (words, said) => {
    const { status, stderr } = ribbon("--from", one, ...words);
    expect(status).toBe(1);
    expect(stderr).toContain(`ribbon: ${said}`);
    expect(stderr).not.toContain("    at ");
  });

  it("does not copy a plugin that is not as its list says", () => {
    const damaged = path.join(tempDir(), "plugin");
    fs.cpSync(one, damaged, { recursive: true });
    fs.appendFileSync(path.join(damaged, "main.lua"), "-- more\n");
    expect(ribbon("/tmp", "--from", damaged)).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("main.lua is not what the plugin's release.json lists") as string,
    });
  });

  it("copies this checkout's plugin", () => {
    const plugins = addKoreader(tempDir(), "koreader");
    expect(ribbon(path.join(plugins, ".."))).toMatchObject({ status: 0 });
    expect(treeOf(`${plugins}/ribbon.koplugin`)).toEqual(treeOf("koplugin/ribbon.koplugin"));
  });
});
