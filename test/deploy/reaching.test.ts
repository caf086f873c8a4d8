// Who is not reached, who is let in, what is found by other means than the list of devices, and how KOReader starts anew.
import fs from "node:fs";
import http from "node:http";
import net from "node:net";
import path from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { addKoreader } from "../support/node/deploy/device-root";
import { runDeploy } from "../support/node/deploy/run-deploy";
import { treeOf } from "../support/node/deploy/sample-plugin";
import { noServers, ours, sshDevice, type SshDevice, useDeployer } from "../support/node/deploy/ssh-device";
import { freePort } from "../support/node/ports";
import { tempDir } from "../support/node/temp-dir";

const deployer = useDeployer();
const { one, two } = deployer;

function setEnv(name: string, value: string): void {
  const before = process.env[name];
  process.env[name] = value;
  onTestFinished(() => {
    if (before === undefined) delete process.env[name];
    else process.env[name] = before;
  });
}

describe("a device that cannot be reached", () => {
  const to = (host: string, port?: number) =>
    runDeploy({ target: { kind: "ssh", host, ...(port === undefined ? {} : { port }) }, from: one });

  it.each([
    ["has no SSH server", async () => to("root@127.0.0.1", await freePort()), "refused", "Start it on the device"],
    ["has no name", () => to("root@no-such-device.invalid"), "name", "no-such-device.invalid"],
    [
      "hangs up",
      async () => to("root@127.0.0.1", await portThat(socket => socket.destroy())),
      "cut",
      "connection broke",
    ],
  ])("%s", async (_what, deploy, why, words) => {
    const said = await deploy();
    expect(said).toMatchObject({ why });
    expect(said.text).toContain(words);
  });

  it("never says a word", { timeout: 900_000 }, async () => {
    const said = await to("root@127.0.0.1", await portThat(() => undefined));
    expect(said).toMatchObject({ why: "timeout" });
    expect(said.text).toContain("Is the device awake");
  });

  it("needs an ssh program", async () => {
    setEnv("PATH", tempDir());
    expect(await to("root@127.0.0.1")).toMatchObject({ why: "no-ssh" });
  });

  it("is tried at KOReader's own port when nothing listens at the usual one", async () => {
    const dir = tempDir();
    const refusal = "echo 'ssh: connect to host 192.0.2.1 port 22: Connection refused' >&2; exit 255";
    fs.writeFileSync(path.join(dir, "ssh"), `#!/bin/sh\necho "$@" >>${dir}/words\n${refusal}\n`, { mode: 0o755 });
    setEnv("PATH", `${dir}:${process.env["PATH"] ?? ""}`);
    expect(await to("root@192.0.2.1")).toMatchObject({ why: "refused" });
    const tries = fs.readFileSync(path.join(dir, "words"), "utf8").trim().split("\n");
    expect(tries.map(words => words.includes("-p 2222"))).toEqual([false, true]);
    expect(await to("root@192.0.2.1", 2022)).toMatchObject({ why: "refused" });
    expect(fs.readFileSync(path.join(dir, "words"), "utf8").trim().split("\n")).toHaveLength(3);
  });

  async function portThat(greets: (socket: net.Socket) => void): Promise<number> {
    const sockets: net.Socket[] = [];
    const server = net.createServer(socket => (sockets.push(socket.on("error", () => undefined)), greets(socket)));
    await new Promise<void>(resolve => server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => (sockets.forEach(socket => socket.destroy()), void server.close()));
    return (server.address() as net.AddressInfo).port;
  }
});

describe.skipIf(noServers !== undefined)("a login by password", () => {
  /** Types what is asked for, as a terminal would let a reader do, and counts. */
  function typing(password: string): () => number {
    const dir = tempDir();
    const asked = path.join(dir, "asked");
    fs.writeFileSync(asked, "");
    fs.writeFileSync(path.join(dir, "ask"), `#!/bin/sh\necho "$1" >>${asked}\necho '${password}'\n`, { mode: 0o755 });
    setEnv("SSH_ASKPASS", path.join(dir, "ask"));
    setEnv("SSH_ASKPASS_REQUIRE", "force");
    return () => fs.readFileSync(asked, "utf8").split("\n").length - 1;
  }

  const withoutKey = ({ server }: SshDevice) =>
    runDeploy({ target: { kind: "ssh", host: "root@127.0.0.1", port: server.port }, acceptsNewKey: true, from: one });

  it.each(["OpenSSH", "dropbear"] as const)("asks once for a whole deploy (%s)", async name => {
    const device = await sshDevice(deployer, name, "kobo", { password: "se cret" });
    const times = typing("se cret");
    expect((await withoutKey(device)).why).toBeUndefined();
    expect(times()).toBe(1);
    expect(treeOf(`${device.plugins}/ribbon.koplugin`)).toEqual(treeOf(one));
  });

  it("is refused with a wrong one", async () => {
    const device = await sshDevice(deployer, "dropbear", "kobo", { password: "secret" });
    typing("wrong");
    expect(await withoutKey(device)).toMatchObject({ why: "auth" });
    expect(ours(device.plugins)).toEqual([]);
  });

  it("needs none where the device lets everybody in", async () => {
    const device = await sshDevice(deployer, "dropbear", "kobo", { password: "" });
    typing("");
    expect((await withoutKey(device)).why).toBeUndefined();
    expect(treeOf(`${device.plugins}/ribbon.koplugin`)).toEqual(treeOf(one));
  });
});

const ODD = "/mnt/odd place/koreader";
const RUN = "while :; do sleep 1; done\n";

/** A KOReader that runs, as far as a shell sees: its name, its folder. Resolves when it is there. */
async function runningKoreader({ root, server }: SshDevice, data: string, env = "") {
  fs.writeFileSync(path.join(root, data, "reader.lua"), RUN);
  const child = server.start(`cd '${data}' && ${env} exec sh ./reader.lua`);
  onTestFinished(() => void child.kill("SIGKILL"));
  const isThere = () => {
    try {
      return fs.readFileSync(`/proc/${child.pid}/cmdline`, "utf8").includes("./reader.lua\0");
    } catch {
      return false;
    }
  };
  while (!isThere()) await new Promise(resolve => setTimeout(resolve, 20));
  return child;
}

describe.skipIf(noServers !== undefined)("a KOReader in a folder that no list knows", () => {
  it("is found because it runs", async () => {
    const device = await sshDevice(deployer, "OpenSSH", undefined);
    const plugins = addKoreader(device.root, ODD);
    expect(await device.deploy()).toMatchObject({ why: "no-koreader" });
    await runningKoreader(device, ODD);
    const said = await device.deploy({ device: "remarkable" });
    expect(said.text).toContain(`reMarkable at root@127.0.0.1: ${ODD}/plugins`);
    expect(treeOf(`${plugins}/ribbon.koplugin`)).toEqual(treeOf(one));
  });

  it("is found by the KO_HOME that it was started with", async () => {
    const device = await sshDevice(deployer, "OpenSSH", undefined);
    const plugins = addKoreader(device.root, ODD);
    fs.mkdirSync(path.join(device.root, "opt"));
    await runningKoreader(device, "/opt", `KO_HOME='${ODD}'`);
    expect((await device.deploy()).why).toBeUndefined();
    expect(treeOf(`${plugins}/ribbon.koplugin`)).toEqual(treeOf(one));
  });

  it("is found by its own SSH server, which stands in its folder", async () => {
    const device = await sshDevice(deployer, "dropbear", undefined, { cwd: "/mnt" });
    const plugins = addKoreader(device.root, "/mnt/koreader");
    await device.restartServer({ cwd: "/mnt/koreader" });
    expect((await device.deploy()).text).toContain("/mnt/koreader/plugins");
    expect(treeOf(`${plugins}/ribbon.koplugin`)).toEqual(treeOf(one));
  });
});

describe.skipIf(noServers !== undefined)("a restart", () => {
  /** What KOReader's HTTP inspector answers (`httpinspector.koplugin`). */
  async function inspector({ plugins }: SshDevice): Promise<string[]> {
    const asked: string[] = [];
    const server = http.createServer((request, response) => {
      asked.push(request.url ?? "");
      response.end("Event broadcasted: Restart");
    });
    await new Promise<void>(resolve => server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void server.close());
    const { port } = server.address() as net.AddressInfo;
    const settings = ["return {", '    ["httpinspector"] = {', `        ["port"] = ${port},`, "    },", "}", ""];
    fs.writeFileSync(path.join(plugins, "..", "settings.reader.lua"), settings.join("\n"));
    return asked;
  }

  const noInspector = ({ plugins }: SshDevice) =>
    fs.writeFileSync(
      path.join(plugins, "..", "settings.reader.lua"),
      'return {\n    ["httpinspector"] = {\n        ["port"] = 1,\n    },\n}\n',
    );

  it("is asked of KOReader where it can be asked", async () => {
    const device = await sshDevice(deployer, "dropbear", "kindle");
    const asked = await inspector(device);
    expect((await device.deploy({ restart: "ask" })).text).toContain("saves what is open and restarts");
    expect(asked).toEqual(["/koreader/broadcast/Restart"]);
    await device.deploy();
    expect(asked).toHaveLength(1);
  });

  it("is left to the reader where it cannot", async () => {
    const device = await sshDevice(deployer, "dropbear", "kobo");
    noInspector(device);
    expect((await device.deploy({ restart: "ask" })).text).toContain("KOReader does not run");
    const reader = await runningKoreader(device, "/mnt/onboard/.adds/koreader");
    const said = await device.deploy({ restart: "ask", from: two });
    expect(said.text).toContain("Exit › Restart KOReader");
    expect(said.text).toContain("--kill");
    expect(reader.exitCode ?? reader.signalCode).toBeNull();
  });

  it("ends this device's KOReader, and no other, where its start script starts it again", async () => {
    const device = await sshDevice(deployer, "dropbear", "kobo");
    noInspector(device);
    addKoreader(device.root, ODD);
    const other = await runningKoreader(device, ODD);
    const reader = await runningKoreader(device, "/mnt/onboard/.adds/koreader");
    const ended = new Promise(resolve => reader.once("exit", (_code, signal) => resolve(signal)));
    const said = await device.deploy({ restart: "kill", device: "kobo" });
    expect(said.text).toContain("starts it again");
    expect(await ended).toBe("SIGTERM");
    expect(other.exitCode ?? other.signalCode).toBeNull();
  });

  it("never ends a Kindle's, which would not come back", async () => {
    const device = await sshDevice(deployer, "dropbear", "kindle");
    noInspector(device);
    const reader = await runningKoreader(device, "/mnt/us/koreader");
    expect((await device.deploy({ restart: "kill" })).text).toContain("Exit › Restart KOReader");
    expect(reader.exitCode ?? reader.signalCode).toBeNull();
  });
});
