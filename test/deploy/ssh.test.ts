// Real servers, real ssh: what a reader types, and what is on the device afterwards.
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { addKoreader, DATA_FOLDERS, type LayoutName } from "../support/node/deploy/device-root";
import { treeOf } from "../support/node/deploy/sample-plugin";
import { noServers, ours, sshDevice, useDeployer } from "../support/node/deploy/ssh-device";
import type { ServerName } from "../support/node/deploy/ssh-servers";

const deployer = useDeployer();
const { one, two, client } = deployer;
const LAYOUTS = Object.keys(DATA_FOLDERS) as LayoutName[];

describe.skipIf(noServers !== undefined).each<ServerName>(["OpenSSH", "dropbear"])("%s", name => {
  it("takes a first version, a second one, goes back and forth", async () => {
    const { plugins, deploy, server } = await sshDevice(deployer, name, "kobo");
    const first = await deploy();
    expect(first.why).toBeUndefined();
    expect(first.text).toContain("Kobo at root@127.0.0.1: /mnt/onboard/.adds/koreader/plugins");
    expect(first.text).toContain("there was none before");
    expect(treeOf(`${plugins}/ribbon.koplugin`)).toEqual(treeOf(one));
    const second = await deploy({ from: two });
    expect(second.text).toContain("takes the place of Ribbon 1.0.0");
    expect(treeOf(`${plugins}/ribbon.koplugin`)).toEqual(treeOf(two));
    expect(treeOf(`${plugins}/ribbon.previous`)).toEqual(treeOf(one));
    expect((await deploy({ isRollback: true })).text).toContain("Ribbon 1.0.0 is back");
    expect(treeOf(`${plugins}/ribbon.koplugin`)).toEqual(treeOf(one));
    expect((await deploy({ isRollback: true })).text).toContain("Ribbon 2.0.0 is back");
    expect(treeOf(`${plugins}/ribbon.koplugin`)).toEqual(treeOf(two));
    expect(treeOf(`${plugins}/ribbon.previous`)).toEqual(treeOf(one));
    expect((await deploy()).why).toBeUndefined();
    expect(treeOf(`${plugins}/ribbon.previous`)).toEqual(treeOf(two));
    expect(ours(plugins)).toEqual(["ribbon.koplugin", "ribbon.previous"]);
    // One login for each: nobody types a password twice.
    expect(server.log().match(/Accepted publickey|Pubkey auth succeeded/g)).toHaveLength(5);
  });

  it.each(LAYOUTS)("finds KOReader on a %s", async layout => {
    const { plugins, deploy } = await sshDevice(deployer, name, layout);
    expect((await deploy()).text).toContain(`${DATA_FOLDERS[layout]}/plugins`);
    expect(treeOf(`${plugins}/ribbon.koplugin`)).toEqual(treeOf(one));
  });

  it("asks which device is meant when two are there, and takes the one that is named", async () => {
    const { root, plugins, deploy } = await sshDevice(deployer, name, "kobo");
    const other = addKoreader(root, DATA_FOLDERS.kindle);
    const asked = await deploy();
    expect(asked).toMatchObject({ why: "several" });
    expect(asked.text).toContain("--device");
    expect(asked.text).toContain("kindle: /mnt/us/koreader/plugins");
    expect([...ours(plugins), ...ours(other)]).toEqual([]);
    expect((await deploy({ device: "kindle" })).why).toBeUndefined();
    expect(ours(plugins)).toEqual([]);
    expect(treeOf(`${other}/ribbon.koplugin`)).toEqual(treeOf(one));
    expect((await deploy({ folder: "/mnt/onboard/.adds/koreader/plugins" })).why).toBeUndefined();
    expect(treeOf(`${plugins}/ribbon.koplugin`)).toEqual(treeOf(one));
    const wrong = await deploy({ device: "pocketbook" });
    expect(wrong).toMatchObject({ why: "no-device-there" });
    expect(wrong.text).toContain("no KOReader where a PocketBook has it");
  });

  it("says where it looked when there is no KOReader", async () => {
    const { deploy } = await sshDevice(deployer, name, undefined);
    const said = await deploy();
    expect(said).toMatchObject({ why: "no-koreader" });
    expect(said.text).toContain("/mnt/onboard/.adds/koreader/plugins");
    expect(said.text).toContain("--folder");
  });

  it("tells what it would do, and does none of it", async () => {
    const { plugins, deploy } = await sshDevice(deployer, name, "kindle");
    await deploy();
    const before = treeOf(plugins);
    const said = await deploy({ from: two, isDryRun: true });
    expect(said.text).toContain("rename ribbon.koplugin to ribbon.previous");
    expect(said.text).toContain("copy l10n-de.lua (1000 bytes)");
    expect(said.text).toContain("with sha256sum");
    expect(treeOf(plugins)).toEqual(before);
  });

  it.each([
    [["sha256sum"], "md5sum"],
    [["sha256sum", "md5sum"], "the sizes"],
    [["df", "wget", "readlink"], "sha256sum"],
  ])("does without %j", async (without, check) => {
    const { plugins, deploy } = await sshDevice(deployer, name, "kobo", { without });
    expect((await deploy({ isDryRun: true })).text).toContain(check);
    expect((await deploy()).why).toBeUndefined();
    expect(treeOf(`${plugins}/ribbon.koplugin`)).toEqual(treeOf(one));
  });

  it("keeps a connection that came with the version before, unless it brings one", async () => {
    const { plugins, deploy } = await sshDevice(deployer, name, "kobo");
    const baked = () => fs.readFileSync(`${plugins}/ribbon.koplugin/baked.json`, "utf8");
    await deploy({ server: "http://192.168.1.5:8080", key: "tk_1" });
    const first = baked();
    expect(JSON.parse(first)).toMatchObject({ kind: "tome", url: "http://192.168.1.5:8080", key: "tk_1" });
    await deploy({ from: two });
    expect(baked()).toBe(first);
    await deploy({ server: "http://192.168.1.6:8080", key: "tk_2", name: "At home" });
    expect(JSON.parse(baked())).toMatchObject({ key: "tk_2", name: "At home" });
  });

  it("what an update made on the device goes with the version before", async () => {
    const { plugins, deploy } = await sshDevice(deployer, name, "kobo");
    await deploy();
    fs.mkdirSync(`${plugins}/ribbon.koplugin/updates/3.0.0`, { recursive: true });
    fs.writeFileSync(`${plugins}/ribbon.koplugin/updates/3.0.0/ribbon.lua`, "return 3");
    await deploy({ from: two });
    expect(treeOf(`${plugins}/ribbon.koplugin`)).toEqual(treeOf(two));
    expect(fs.existsSync(`${plugins}/ribbon.previous/updates/3.0.0/ribbon.lua`)).toBe(true);
  });

  it("has nothing to go back to", async () => {
    const { plugins, deploy } = await sshDevice(deployer, name, "kobo");
    expect(await deploy({ isRollback: true })).toMatchObject({ why: "no-previous" });
    await deploy();
    expect(await deploy({ isRollback: true })).toMatchObject({ why: "no-previous" });
    fs.mkdirSync(`${plugins}/ribbon.previous`);
    expect(await deploy({ isRollback: true })).toMatchObject({ why: "broken-previous" });
    expect(treeOf(`${plugins}/ribbon.koplugin`)).toEqual(treeOf(one));
  });

  it("does not mind what a login prints", async () => {
    const { deploy } = await sshDevice(deployer, name, "kobo", { greeting: "Welcome to Kobo!\n@ribbons are nice\n" });
    expect((await deploy()).why).toBeUndefined();
  });

  it("moves a link to a checkout aside, and never what it leads to", async () => {
    const { root, plugins, deploy } = await sshDevice(deployer, name, "kobo");
    fs.cpSync(two, path.join(root, "checkout"), { recursive: true });
    fs.symlinkSync("/checkout", `${plugins}/ribbon.koplugin`);
    expect((await deploy()).why).toBeUndefined();
    expect((await deploy()).why).toBeUndefined();
    expect(treeOf(path.join(root, "checkout"))).toEqual(treeOf(two));
    expect(treeOf(`${plugins}/ribbon.koplugin`)).toEqual(treeOf(one));
  });

  it("needs a tar program, and says so", async () => {
    const { plugins, deploy } = await sshDevice(deployer, name, "kobo", { without: ["tar"] });
    expect(await deploy()).toMatchObject({ why: "no-tar" });
    expect(ours(plugins)).toEqual([]);
  });

  it("keeps the version that is there when the device is full", async () => {
    const { plugins, deploy } = await sshDevice(deployer, name, "kobo", { without: ["df"], disk: "size=500k" });
    await deploy();
    const full = await deploy({ from: two });
    expect(full).toMatchObject({ why: "space" });
    expect(treeOf(`${plugins}/ribbon.koplugin`)).toEqual(treeOf(one));
    expect(ours(plugins)).toEqual(["ribbon.koplugin"]);
    execFileSync("mount", ["-o", "remount,size=2m", plugins]);
    expect((await deploy({ from: two })).why).toBeUndefined();
    expect(treeOf(`${plugins}/ribbon.koplugin`)).toEqual(treeOf(two));
  });

  it("says how much is missing before it copies, where the device tells what is free", async () => {
    const { plugins, deploy } = await sshDevice(deployer, name, "kobo", { disk: "size=500k" });
    const said = await deploy();
    expect(said).toMatchObject({ why: "space" });
    expect(said.text).toMatch(/\d+ KB more are needed/);
    expect(ours(plugins)).toEqual([]);
  });

  it("keeps the version that is there when its shell may write no large file", async () => {
    const { plugins, deploy, restartServer } = await sshDevice(deployer, name, "kobo");
    await deploy();
    await restartServer({ limit: "-f 100" });
    expect((await deploy({ from: two })).why).toBeDefined();
    expect(treeOf(`${plugins}/ribbon.koplugin`)).toEqual(treeOf(one));
    await restartServer({});
    expect((await deploy({ from: two })).why).toBeUndefined();
    expect(treeOf(`${plugins}/ribbon.koplugin`)).toEqual(treeOf(two));
    expect(ours(plugins)).toEqual(["ribbon.koplugin", "ribbon.previous"]);
  });

  it("changes nothing on a read-only disk", async () => {
    const { plugins, deploy } = await sshDevice(deployer, name, "kobo", { disk: "size=4m" });
    await deploy();
    await deploy();
    execFileSync("mount", ["-o", "remount,ro", plugins]);
    const before = treeOf(plugins);
    expect(await deploy({ from: two })).toMatchObject({ why: "read-only" });
    expect(await deploy({ isRollback: true })).toMatchObject({ why: "read-only" });
    expect(treeOf(plugins)).toEqual(before);
    execFileSync("mount", ["-o", "remount,rw", plugins]);
    expect((await deploy({ from: two })).why).toBeUndefined();
  });

  it("asks before it trusts a device, and never when its key changed", async () => {
    const { deploy, restartServer } = await sshDevice(deployer, name, "kobo");
    fs.rmSync(client.knownHosts, { force: true });
    const unknown = await deploy({ acceptsNewKey: false });
    expect(unknown).toMatchObject({ why: "host-key-unknown" });
    expect(unknown.text).toContain("--accept-new-host-key");
    expect((await deploy()).why).toBeUndefined();
    expect((await deploy({ acceptsNewKey: false })).why).toBeUndefined();
    await restartServer({ newKey: true });
    const changed = await deploy();
    expect(changed).toMatchObject({ why: "host-key-changed" });
    expect(changed.text).toContain("makes new keys when KOReader is installed anew");
    const command = /^ {2}(ssh-keygen .*)$/m.exec(changed.text)?.[1] ?? "";
    execFileSync("sh", ["-c", command], { stdio: "ignore" });
    expect((await deploy()).why).toBeUndefined();
  });

  it("says so when it is not let in", async () => {
    const { deploy, plugins } = await sshDevice(deployer, name, "kobo", { publicKey: "" });
    const said = await deploy();
    expect(said).toMatchObject({ why: "auth" });
    expect(said.text).toContain("settings/SSH/authorized_keys");
    expect(ours(plugins)).toEqual([]);
  });
});
