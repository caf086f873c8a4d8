// Android through a stand-in for adb, whose shell is BusyBox in a device's folder tree. No real Android is behind it.
import fs from "node:fs";
import path from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { addKoreader, makeDeviceRoot } from "../support/node/deploy/device-root";
import { runDeploy } from "../support/node/deploy/run-deploy";
import { samplePlugin, treeOf } from "../support/node/deploy/sample-plugin";
import { ours } from "../support/node/deploy/ssh-device";
import { makeTempDir, tempDir } from "../support/node/temp-dir";

const isRoot = process.getuid?.() === 0;
if (!isRoot) console.warn("adb is not tried: only root can lock a shell into a device's folder tree.");

const built = makeTempDir();
const one = samplePlugin(built, "1.0.0");
const two = samplePlugin(built, "2.0.0");

/** As adb 29 takes its words; one device, called R58. It says whatever is in the file `trouble` instead, where there is one. */
const adb = (root: string, dir: string) => `#!/bin/sh
[ -f ${dir}/trouble ] && { cat ${dir}/trouble >&2; exit 1; }
if [ "$1" = -s ]; then
  [ "$2" = R58 ] || { echo "error: device '$2' not found" >&2; exit 1; }
  shift 2
fi
echo "$1" >>${dir}/words
case $1 in
  push) cp "$2" "${root}$3" && echo "$2: 1 file pushed." ;;
  shell) exec env -i PATH=/bin EXTERNAL_STORAGE=/sdcard /usr/sbin/chroot ${root} /bin/sh -c "$2" ;;
esac
`;

function android() {
  const root = tempDir();
  const dir = tempDir();
  makeDeviceRoot(root);
  fs.mkdirSync(path.join(root, "data/local/tmp"), { recursive: true });
  const plugins = addKoreader(root, "/storage/emulated/0/koreader");
  fs.symlinkSync("storage/emulated/0", path.join(root, "sdcard"));
  fs.writeFileSync(path.join(dir, "adb"), adb(root, dir), { mode: 0o755 });
  const PATH = process.env["PATH"];
  process.env["PATH"] = `${dir}:${PATH}`;
  onTestFinished(() => void (process.env["PATH"] = PATH));
  const deploy = (more: object = {}) => runDeploy({ target: { kind: "adb" }, from: one, ...more });
  return { root, dir, plugins, deploy };
}

describe.skipIf(!isRoot)("an Android", () => {
  it("takes a version, another one, and goes back", async () => {
    const { root, plugins, deploy } = android();
    expect((await deploy()).text).toContain("Android at adb: /storage/emulated/0/koreader/plugins");
    expect(treeOf(`${plugins}/ribbon.koplugin`)).toEqual(treeOf(one));
    await deploy({ from: two, target: { kind: "adb", serial: "R58" } });
    expect(treeOf(`${plugins}/ribbon.koplugin`)).toEqual(treeOf(two));
    expect((await deploy({ isRollback: true })).text).toContain("Ribbon 1.0.0 is back");
    expect(treeOf(`${plugins}/ribbon.koplugin`)).toEqual(treeOf(one));
    expect(ours(plugins)).toEqual(["ribbon.koplugin", "ribbon.previous"]);
    expect(fs.readdirSync(path.join(root, "data/local/tmp"))).toEqual([]);
  });

  it("keeps its version when not everything arrives", async () => {
    const { root, dir, plugins, deploy } = android();
    await deploy();
    const whole = fs.readFileSync(path.join(dir, "adb"), "utf8");
    fs.writeFileSync(path.join(dir, "adb"), whole.replace('cp "$2"', 'head -c 100000 "$2" >'));
    const said = await deploy({ from: two });
    expect(["differs", "write"]).toContain(said.why);
    expect(treeOf(`${plugins}/ribbon.koplugin`)).toEqual(treeOf(one));
    fs.writeFileSync(path.join(dir, "adb"), whole);
    expect((await deploy({ from: two })).why).toBeUndefined();
    expect(treeOf(`${plugins}/ribbon.koplugin`)).toEqual(treeOf(two));
    expect(ours(plugins)).toEqual(["ribbon.koplugin", "ribbon.previous"]);
    expect(fs.existsSync(path.join(root, "data/local/tmp/ribbon-deploy.sh"))).toBe(false);
  });

  it.each([
    ["error: no devices/emulators found", "adb-none", "USB debugging"],
    ["error: more than one device/emulator", "adb-several", "--adb SERIAL"],
    ["error: device unauthorized.\nThis adb server's $ADB_VENDOR_KEYS is not set", "adb-unauthorized", "on its screen"],
    ["error: device offline", "adb-other", "device offline"],
  ])("%s", async (trouble, why, words) => {
    const { dir, deploy } = android();
    fs.writeFileSync(path.join(dir, "trouble"), trouble);
    const said = await deploy();
    expect(said).toMatchObject({ why });
    expect(said.text).toContain(words);
  });

  it("of another serial number is not there", async () => {
    const { deploy } = android();
    expect(await deploy({ target: { kind: "adb", serial: "X1" } })).toMatchObject({ why: "adb-none" });
  });
});

it("adb itself may be missing", async () => {
  const PATH = process.env["PATH"];
  onTestFinished(() => void (process.env["PATH"] = PATH));
  process.env["PATH"] = tempDir();
  expect(await runDeploy({ target: { kind: "adb" }, from: one })).toMatchObject({ why: "no-adb" });
});
