// Cut at any point, a deploy leaves a version that works, and the next one needs nobody's help.
import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { treeOf } from "../support/node/deploy/sample-plugin";
import {
  cuttingProxy,
  noServers,
  ours,
  sshDevice,
  type SshDevice,
  stallingProxy,
  useDeployer,
} from "../support/node/deploy/ssh-device";

const deployer = useDeployer();
const { one, two } = deployer;

const isVersion = (folder: string, built: string) => JSON.stringify(treeOf(folder)) === JSON.stringify(treeOf(built));

/** After a server that lost its client, until its shell has ended. */
async function untilQuiet({ root }: SshDevice): Promise<void> {
  const isOurs = (pid: string) => {
    try {
      return fs.readlinkSync(`/proc/${pid}/root`) === root;
    } catch {
      return false;
    }
  };
  const pids = () => fs.readdirSync("/proc").filter(name => /^\d+$/.test(name) && isOurs(name));
  while (pids().length > 0) await new Promise(resolve => setTimeout(resolve, 20));
}

describe.skipIf(noServers !== undefined)("a connection that breaks", () => {
  it.each(["OpenSSH", "dropbear"] as const)("after any number of bytes (%s)", { timeout: 900_000 }, async name => {
    const device = await sshDevice(deployer, name, "kobo");
    const { plugins, deploy, server } = device;
    const target = { kind: "ssh", host: "root@127.0.0.1" } as const;
    const whole = await cuttingProxy(server.port, Infinity);
    await deploy({ target: { ...target, port: whole.port } });
    const reasons = new Set<string>();
    for (let step = 1; step <= 14; step++) {
      const { port } = await cuttingProxy(server.port, Math.floor((whole.passed() * step) / 14) - 200 * (step % 3));
      const said = await deploy({ from: two, target: { ...target, port } });
      reasons.add(said.why ?? "done");
      await untilQuiet(device);
      // What says that it failed for sure has left the version before.
      const isOld = isVersion(`${plugins}/ribbon.koplugin`, one);
      expect(isOld || isVersion(`${plugins}/ribbon.koplugin`, two), `cut ${step}`).toBe(true);
      if (said.why !== undefined && said.why !== "cut-late") expect(isOld, `cut ${step}: ${said.text}`).toBe(true);
      if (!isOld) expect((await deploy({ isRollback: true })).why).toBeUndefined();
    }
    expect([...reasons]).toEqual(expect.arrayContaining(["cut"]));
    expect((await deploy({ from: two })).why).toBeUndefined();
    expect(treeOf(`${plugins}/ribbon.koplugin`)).toEqual(treeOf(two));
    expect(ours(plugins)).toEqual(["ribbon.koplugin", "ribbon.previous"]);
  });
});

it.skipIf(noServers !== undefined)(
  "a device that is carried away harms no later deploy",
  { timeout: 900_000 },
  async () => {
    const device = await sshDevice(deployer, "dropbear", "kobo");
    const { plugins, deploy, server } = device;
    await deploy();
    const { port, hangUp } = await stallingProxy(server.port, 150_000);
    expect(await deploy({ from: two, target: { kind: "ssh", host: "root@127.0.0.1", port } })).toMatchObject({
      why: "cut",
    });
    expect(treeOf(`${plugins}/ribbon.koplugin`)).toEqual(treeOf(one));
    // The shell there still waits for the rest.
    expect(ours(plugins).some(name => name.startsWith("ribbon.new-"))).toBe(true);
    expect((await deploy({ from: two })).why).toBeUndefined();
    hangUp();
    await untilQuiet(device);
    expect(treeOf(`${plugins}/ribbon.koplugin`)).toEqual(treeOf(two));
    expect(treeOf(`${plugins}/ribbon.previous`)).toEqual(treeOf(one));
    expect(ours(plugins)).toEqual(["ribbon.koplugin", "ribbon.previous"]);
  },
);

const CHANGING = ["mkdir", "tar", "cp", "sync", "mv", "rm"];

/** Ends the device's shell as a power cut would, before or after the step of that number; both count as steps. */
function dying(): string {
  const step = [
    "step() {",
    'n=$(($(cat /step) + 1)); echo "$n" >/step',
    '[ "$n" = "$(cat /last)" ] && { kill -9 $$; exit 137; }',
    "return 0; }",
  ].join("\n");
  const wrapped = CHANGING.map(name => `${name}() { step; command ${name} "$@"; r=$?; step; return $r; }`);
  return [step, ...wrapped, ""].join("\n");
}

describe.skipIf(noServers !== undefined)("a device that dies", () => {
  /** Every step of a wish until one is survived; returns at which the version was only in the previous folder. */
  async function eachStep(device: SshDevice, wish: Parameters<SshDevice["deploy"]>[0], previous: string) {
    const { root, plugins, deploy } = device;
    const set = (name: string, value: number) => fs.writeFileSync(path.join(root, name), `${value}\n`);
    const aside: number[] = [];
    for (let last = 1; last < 100; last++) {
      set("step", 0);
      set("last", last);
      const said = await deploy(wish);
      await untilQuiet(device);
      const steps = Number(fs.readFileSync(path.join(root, "step"), "utf8"));
      set("last", 0);
      if (steps < last) {
        expect(said.why).toBeUndefined();
        return { aside, steps };
      }
      const places = ["ribbon.koplugin", "ribbon.previous", "ribbon.swap"].map(name => `${plugins}/${name}`);
      const isInPlace = [one, two].some(version => isVersion(`${plugins}/ribbon.koplugin`, version));
      if (!isInPlace) aside.push(last);
      // The version that was in use is whole somewhere, and comes back into its place by whatever is deployed next.
      expect(
        places.some(place => isVersion(place, one)),
        `step ${last}`,
      ).toBe(true);
      const isRollback = last % 2 === 0;
      const next = await deploy({ isRollback, from: two });
      expect(isRollback && next.why === "no-previous" ? undefined : next.why, `step ${last}`).toBeUndefined();
      expect(
        [one, two].some(version => isVersion(`${plugins}/ribbon.koplugin`, version)),
        `step ${last}`,
      ).toBe(true);
      // As it was.
      for (const name of ours(plugins)) fs.rmSync(path.join(plugins, name), { recursive: true });
      fs.cpSync(one, `${plugins}/ribbon.koplugin`, { recursive: true });
      if (previous !== "") fs.cpSync(previous, `${plugins}/ribbon.previous`, { recursive: true });
    }
    throw new Error("it never came to an end");
  }

  it("at any step of an upgrade", { timeout: 900_000 }, async () => {
    const device = await sshDevice(deployer, "dropbear", "kobo", { prelude: dying() });
    fs.writeFileSync(path.join(device.root, "step"), "0");
    fs.writeFileSync(path.join(device.root, "last"), "0");
    fs.cpSync(one, `${device.plugins}/ribbon.koplugin`, { recursive: true });
    fs.cpSync(two, `${device.plugins}/ribbon.previous`, { recursive: true });
    const { aside, steps } = await eachStep(device, { from: two }, two);
    expect(steps).toBeGreaterThan(10);
    // Folders cannot be exchanged in one step: between two renames (after the one, before the other) the old one is aside.
    expect(aside).toHaveLength(2);
    expect(aside[1]).toBe((aside[0] ?? 0) + 1);
  });

  it("at any step of a rollback", { timeout: 900_000 }, async () => {
    const device = await sshDevice(deployer, "dropbear", "kobo", { prelude: dying() });
    fs.writeFileSync(path.join(device.root, "step"), "0");
    fs.writeFileSync(path.join(device.root, "last"), "0");
    fs.cpSync(one, `${device.plugins}/ribbon.koplugin`, { recursive: true });
    fs.cpSync(two, `${device.plugins}/ribbon.previous`, { recursive: true });
    const { aside } = await eachStep(device, { isRollback: true }, two);
    expect(aside).toHaveLength(2);
  });
});
