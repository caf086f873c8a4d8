// Devices on their cable: folder trees, a disk that fails at any step, links, full and read-only disks.
import { execFileSync, spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { type Disk, realDisk } from "../../src/cli/deploy/folder/disk";
import { foldersOfPlugins, mountedDevices, mountPoints } from "../../src/cli/deploy/folder/find";
import { FolderDevice } from "../../src/cli/deploy/folder/folder-device";
import { payloadOf, readPlugin } from "../../src/cli/deploy/payload";
import { planInstall, planRollback } from "../../src/cli/deploy/plan";
import { addKoreader } from "../support/node/deploy/device-root";
import { runDeploy } from "../support/node/deploy/run-deploy";
import { samplePlugin, treeOf } from "../support/node/deploy/sample-plugin";
import { ours } from "../support/node/deploy/ssh-device";
import { makeTempDir, tempDir } from "../support/node/temp-dir";

/** What lies on each kind of device's disk, and where KOReader is. */
const DISKS = {
  kobo: { folders: [".kobo", ".adds"], data: ".adds/koreader" },
  kindle: { folders: ["system", "documents"], data: "koreader" },
  pocketbook: { folders: ["system", "Books"], data: "applications/koreader" },
  android: { folders: ["Android/data", "Documents", "DCIM"], data: "koreader" },
} as const;

type DiskName = keyof typeof DISKS;

const built = makeTempDir();
const one = samplePlugin(built, "1.0.0");
const two = samplePlugin(built, "2.0.0");

/** A mounted device; its folder of plugins. */
function mounted(name: DiskName, root = tempDir()) {
  const { folders, data } = DISKS[name];
  for (const folder of folders) fs.mkdirSync(path.join(root, folder), { recursive: true });
  return { root, plugins: addKoreader(root, data) };
}

const deployTo = (root: string, more: object = {}) =>
  runDeploy({ target: { kind: "folder", path: root }, from: one, ...more });

describe("a mounted device", () => {
  it.each(Object.keys(DISKS) as DiskName[])("%s: installs, upgrades, goes back", async name => {
    const { root, plugins } = mounted(name);
    const first = await deployTo(root);
    expect(first.text.toLowerCase()).toContain(`${name} at ${root}`.toLowerCase());
    expect(first.text).toContain("Eject");
    expect(treeOf(`${plugins}/ribbon.koplugin`)).toEqual(treeOf(one));
    await deployTo(root, { from: two });
    expect(treeOf(`${plugins}/ribbon.koplugin`)).toEqual(treeOf(two));
    expect((await deployTo(root, { isRollback: true })).text).toContain("Ribbon 1.0.0 is back");
    expect(treeOf(`${plugins}/ribbon.koplugin`)).toEqual(treeOf(one));
    expect(treeOf(`${plugins}/ribbon.previous`)).toEqual(treeOf(two));
    expect(ours(plugins)).toEqual(["ribbon.koplugin", "ribbon.previous"]);
  });

  it("may be named by KOReader's folder, or its plugins", async () => {
    const { root, plugins } = mounted("kobo");
    expect((await deployTo(path.join(root, ".adds/koreader"))).why).toBeUndefined();
    expect((await deployTo(plugins, { from: two })).why).toBeUndefined();
    expect(treeOf(`${plugins}/ribbon.koplugin`)).toEqual(treeOf(two));
  });

  it("keeps a connection that came with the version before", async () => {
    const { root, plugins } = mounted("kobo");
    await deployTo(root, { server: "http://192.168.1.5:8080", key: "tk_1" });
    await deployTo(root, { from: two });
    expect(fs.readFileSync(`${plugins}/ribbon.koplugin/baked.json`, "utf8")).toContain("tk_1");
  });

  it("tells what it would do, and does none of it", async () => {
    const { root, plugins } = mounted("kobo");
    expect((await deployTo(root, { isDryRun: true })).text).toContain("copy ribbon.lua (300000 bytes)");
    expect(ours(plugins)).toEqual([]);
  });

  it("is not there, or has no KOReader", async () => {
    expect(await deployTo("/no/such/device")).toMatchObject({ why: "no-mount" });
    const empty = tempDir();
    expect(await deployTo(empty)).toMatchObject({ why: "no-koreader" });
    expect((await deployTo(empty)).text).toContain(".adds/koreader/plugins");
    const { root } = mounted("kobo");
    expect(await deployTo(root, { device: "kindle" })).toMatchObject({ why: "no-device-there" });
    expect(await deployTo(root, { isRollback: true })).toMatchObject({ why: "no-previous" });
  });

  it("has two KOReaders: asks which", async () => {
    const { root } = mounted("kobo");
    mounted("pocketbook", root);
    expect(await deployTo(root)).toMatchObject({ why: "several" });
    expect((await deployTo(root, { device: "pocketbook" })).why).toBeUndefined();
  });
});

describe("links on a device", () => {
  it("that lead outside are not followed", async () => {
    const { root, plugins } = mounted("kobo");
    const outside = addKoreader(tempDir(), "koreader");
    fs.rmSync(plugins, { recursive: true });
    fs.symlinkSync(outside, plugins);
    expect(await deployTo(root)).toMatchObject({ why: "no-koreader" });
    expect(await deployTo(root, { folder: outside })).toMatchObject({ why: "no-koreader" });
    expect(await deployTo(root, { folder: "../.." })).toMatchObject({ why: "no-koreader" });
    expect(ours(outside)).toEqual([]);
  });

  it("in the place of the plugin are moved aside, what they lead to stays", async () => {
    const { root, plugins } = mounted("kobo");
    const checkout = path.join(tempDir(), "checkout");
    fs.cpSync(two, checkout, { recursive: true });
    fs.symlinkSync(checkout, `${plugins}/ribbon.koplugin`);
    await deployTo(root);
    await deployTo(root);
    expect(treeOf(checkout)).toEqual(treeOf(two));
    expect(fs.lstatSync(`${plugins}/ribbon.koplugin`).isSymbolicLink()).toBe(false);
    expect(treeOf(`${plugins}/ribbon.koplugin`)).toEqual(treeOf(one));
  });
});

describe("--usb", () => {
  it("finds what is mounted by its marks, whatever it is called", () => {
    const root = tempDir();
    const names = ["KOBOeReader", "It's\na “Kindle”; rm -rf", "-rf"];
    mounted("kobo", path.join(root, "media/me", names[0] ?? ""));
    mounted("kindle", path.join(root, "media/me", names[1] ?? ""));
    mounted("pocketbook", path.join(root, "run/media/me", names[2] ?? ""));
    fs.mkdirSync(path.join(root, "media/me/a stick with documents/documents"), { recursive: true });
    fs.symlinkSync(path.join(root, "media/me/KOBOeReader"), path.join(root, "media/me/link"));
    const found = mountedDevices(mountPoints("linux", root));
    expect(found.map(point => path.basename(point)).sort()).toEqual([...names].sort());
    const volumes = path.join(root, "Volumes");
    mounted("kobo", path.join(volumes, "KOBOeReader"));
    expect(mountedDevices(mountPoints("darwin", root))).toEqual([path.join(volumes, "KOBOeReader")]);
    expect(foldersOfPlugins(found[0] ?? "", undefined)).toHaveLength(1);
  });

  const noNamespace = process.getuid?.() !== 0 || spawnSync("unshare", ["--mount", "true"]).status !== 0;
  if (noNamespace) console.warn("ribbon deploy --usb is not run: this system gives no mount namespaces.");

  it.skipIf(noNamespace)("as it is typed", { timeout: 900_000 }, () => {
    const media = tempDir();
    const usb = (...words: string[]) => {
      const script = `mount --bind ${media} /media && exec ${process.execPath} --import tsx src/cli/main.ts deploy --usb "$@"`;
      const run = ["--mount", "--propagation", "private", "sh", "-c", script, "sh", "--from", one, ...words];
      return spawnSync("unshare", run, { encoding: "utf8" });
    };
    expect(usb()).toMatchObject({ status: 1, stderr: expect.stringContaining("No e-reader with KOReader") as string });
    const { plugins } = mounted("kobo", path.join(media, "me/KOBOeReader"));
    expect(usb()).toMatchObject({ status: 0, stderr: "" });
    expect(treeOf(`${plugins}/ribbon.koplugin`)).toEqual(treeOf(one));
    mounted("kindle", path.join(media, "me/Kindle"));
    expect(usb()).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("ribbon deploy /media/me/Kindle") as string,
    });
  });
});

/** A disk that is pulled out at a step: that step and all later ones fail. */
function pulledOutAt(last: number, leavesHalf: boolean): { disk: Disk; steps: () => number } {
  let steps = 0;
  const step = () => {
    if (++steps >= last) throw new Error("EIO: i/o error");
  };
  const disk: Disk = {
    makeFolder: at => (step(), realDisk.makeFolder(at)),
    read: at => (step(), realDisk.read(at)),
    write: (at, bytes) => {
      if (leavesHalf && steps + 1 === last) fs.writeFileSync(at, bytes.subarray(0, bytes.length / 2));
      step();
      realDisk.write(at, bytes);
    },
    rename: (from, to) => (step(), realDisk.rename(from, to)),
    remove: at => (step(), realDisk.remove(at)),
    flush: () => step(),
  };
  return { disk, steps: () => steps };
}

const quiet = { copied: () => undefined, step: () => undefined };

describe("pulled out", () => {
  const isWhole = (folder: string) =>
    [one, two].some(version => JSON.stringify(treeOf(folder)) === JSON.stringify(treeOf(version)));

  it.each(["install", "roll-back"] as const)("at any step: %s", async action => {
    const payload = payloadOf(readPlugin(two));
    let aside = 0;
    for (let last = 1, isOver = false; !isOver; last++) {
      const { root, plugins } = mounted("kobo");
      fs.cpSync(one, `${plugins}/ribbon.koplugin`, { recursive: true });
      fs.cpSync(two, `${plugins}/ribbon.previous`, { recursive: true });
      const { disk } = pulledOutAt(last, last % 2 === 0);
      const device = new FolderDevice(root, undefined, disk);
      const { places } = await device.survey();
      const wish = { check: "sha256sum", restart: "no" } as const;
      const [place] = places;
      if (place === undefined) throw new Error("no place");
      const plan = action === "install" ? planInstall(place, wish, "x") : planRollback(place, wish);
      if (plan === undefined) throw new Error("no plan");
      const why = await device.carryOut(plan, payload, quiet).then(
        () => undefined,
        (error: unknown) => (error as { why: string }).why,
      );
      isOver = why === undefined;
      if (!isOver) expect(why).toBe("unplugged");
      if (!isWhole(`${plugins}/ribbon.koplugin`)) aside++;
      const kept = ["ribbon.koplugin", "ribbon.previous", "ribbon.swap"].map(name => `${plugins}/${name}`);
      expect(kept.some(isWhole), `step ${last}`).toBe(true);
      expect((await deployTo(root, { from: two })).why, `step ${last}`).toBeUndefined();
      expect(treeOf(`${plugins}/ribbon.koplugin`)).toEqual(treeOf(two));
      expect(ours(plugins)).toEqual(["ribbon.koplugin", "ribbon.previous"]);
    }
    // Between two renames, when even the undoing fails.
    expect(aside).toBe(1);
  });
});

const cannotMount = process.getuid?.() !== 0 || spawnSync("unshare", ["--mount", "true"]).status !== 0;
if (cannotMount) console.warn("Full and read-only disks are not tried: only root can mount them.");

describe.skipIf(cannotMount)("a disk that is", () => {
  function small(options: string) {
    const root = tempDir();
    execFileSync("mount", ["-t", "tmpfs", "-o", options, "tmpfs", root]);
    onTestFinished(() => void execFileSync("umount", ["--lazy", root]));
    return mounted("kobo", root);
  }

  it("full keeps its version", async () => {
    const { root, plugins } = small("size=700k");
    await deployTo(root);
    expect(await deployTo(root, { from: two })).toMatchObject({ why: "space" });
    const device = new FolderDevice(root, undefined);
    const [place] = (await device.survey()).places;
    if (place === undefined) throw new Error("no place");
    fs.writeFileSync(path.join(root, "book.epub"), Buffer.alloc(200_000));
    // As if the device had not said how much is free.
    const plan = planInstall(place, { check: "sha256sum", restart: "no" }, "x");
    await expect(device.carryOut(plan, payloadOf(readPlugin(two)), quiet)).rejects.toMatchObject({ why: "space" });
    expect(ours(plugins)).toEqual(["ribbon.koplugin"]);
    expect(treeOf(`${plugins}/ribbon.koplugin`)).toEqual(treeOf(one));
    execFileSync("mount", ["-o", "remount,size=4m", root]);
    expect((await deployTo(root, { from: two })).why).toBeUndefined();
  });

  it("read-only is left alone", async () => {
    const { root, plugins } = small("size=4m");
    await deployTo(root);
    execFileSync("mount", ["-o", "remount,ro", root]);
    expect(await deployTo(root, { from: two })).toMatchObject({ why: "read-only" });
    expect(treeOf(`${plugins}/ribbon.koplugin`)).toEqual(treeOf(one));
  });
});
