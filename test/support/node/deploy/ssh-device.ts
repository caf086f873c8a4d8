// A device with an SSH server, and somebody who deploys to it.
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import net from "node:net";
import { afterAll, beforeAll, beforeEach, onTestFinished } from "vitest";
import { makeTempDir, tempDir } from "../temp-dir";
import { addKoreader, DATA_FOLDERS, type LayoutName, makeDeviceRoot } from "./device-root";
import { runDeploy, type Said, type Wish } from "./run-deploy";
import { samplePlugin } from "./sample-plugin";
import { makeSshClient, type SshClient } from "./ssh-client";
import { type ServerName, type ServerOptions, type SshServer, startSshServer, whyNoSshServers } from "./ssh-servers";

/** What the tests of one file share. */
export interface Deployer {
  readonly client: SshClient;
  /** Built plugins. */
  readonly one: string;
  readonly two: string;
}

export const noServers = whyNoSshServers();
if (noServers !== undefined) console.warn(`No SSH server is tried: ${noServers}.`);

/** Call it once in a file: until its end, `ssh` is this machine's with a configuration of the tests. */
export function useDeployer(): Deployer {
  const dir = makeTempDir();
  const PATH = process.env["PATH"] ?? "";
  const one = samplePlugin(dir, "1.0.0");
  const two = samplePlugin(dir, "2.0.0");
  const client = makeSshClient(dir);
  beforeAll(() => void (process.env["PATH"] = `${client.bin}:${PATH}`));
  // Nothing of another device is known, whose port another one of this machine's servers may have by now.
  beforeEach(() => fs.rmSync(client.knownHosts, { force: true }));
  afterAll(() => {
    process.env["PATH"] = PATH;
    fs.rmSync(dir, { recursive: true, force: true });
  });
  return { client, one, two };
}

export interface SshDevice {
  readonly root: string;
  readonly dir: string;
  /** Its folder of plugins, as the tests see it; empty without a KOReader. */
  readonly plugins: string;
  readonly server: SshServer;
  readonly deploy: (wish?: Partial<Wish>) => Promise<Said>;
  /** Another server on the same port: the device after a change. */
  readonly restartServer: (wish: Partial<ServerOptions>) => Promise<void>;
}

type DeviceWish = Partial<ServerOptions> & {
  /** Programs that its BusyBox lacks. */
  readonly without?: readonly string[];
  /** A small disk of its own for KOReader: options of tmpfs. */
  readonly disk?: string;
};

/** Its shell runs the programs in it without looking for them: only a function stands before them. */
function lacking(programs: readonly string[]): string {
  return programs.map(name => `${name}() { echo "sh: ${name}: not found" >&2; return 127; }\n`).join("");
}

/** Before the server starts: it sees the mounts of that moment. */
function mountDisk(folder: string, options: string): void {
  execFileSync("mount", ["-t", "tmpfs", "-o", options, "tmpfs", folder]);
  onTestFinished(() => void execFileSync("umount", ["--lazy", folder]));
}

export async function sshDevice(
  { client, one }: Deployer,
  name: ServerName,
  layout: LayoutName | undefined,
  { without = [], disk, ...wish }: DeviceWish = {},
): Promise<SshDevice> {
  const root = tempDir();
  const dir = tempDir();
  makeDeviceRoot(root);
  const plugins = layout === undefined ? "" : addKoreader(root, DATA_FOLDERS[layout]);
  if (disk !== undefined) mountDisk(plugins, disk);
  const prelude = without.length === 0 ? {} : { prelude: lacking(without) };
  const options = { name, root, dir, publicKey: client.publicKey, ...prelude, ...wish };
  let server = await startSshServer(options);
  onTestFinished(() => server.stop());
  const target = { kind: "ssh", host: "root@127.0.0.1", port: server.port } as const;
  const deploy = (more: Partial<Wish> = {}) =>
    runDeploy({ target, identity: client.identity, acceptsNewKey: true, from: one, ...more });
  const restartServer = async (changes: Partial<ServerOptions>) => {
    await server.stop();
    server = await startSshServer({ ...options, ...changes, port: target.port });
  };
  return { root, dir, plugins, server, deploy, restartServer };
}

/** What a deploy left in a folder of plugins. */
export function ours(plugins: string): string[] {
  return fs.readdirSync(plugins).filter(name => name.startsWith("ribbon"));
}

/** A way to a port that swallows everything after so many bytes of the client's, as a device does that is carried away. */
export async function stallingProxy(port: number, after: number): Promise<{ port: number; hangUp: () => void }> {
  const sockets: net.Socket[] = [];
  const server = net.createServer(client => {
    const onward = net.connect(port, "127.0.0.1");
    let passed = 0;
    const goesOn = (bytes: Buffer) => (passed += bytes.length) <= after;
    client.on("data", (bytes: Buffer) => goesOn(bytes) && onward.write(bytes));
    onward.on("data", (bytes: Buffer) => passed <= after && client.write(bytes));
    for (const socket of [client, onward]) sockets.push(socket.on("error", () => undefined));
  });
  await new Promise<void>(resolve => server.listen(0, "127.0.0.1", resolve));
  const hangUp = () => sockets.forEach(socket => socket.destroy());
  onTestFinished(() => (hangUp(), void server.close()));
  return { port: (server.address() as net.AddressInfo).port, hangUp };
}

/** A way to a port that breaks after so many bytes of the client's. */
export async function cuttingProxy(port: number, after: number): Promise<{ port: number; passed: () => number }> {
  let passed = 0;
  const server = net.createServer(client => {
    const onward = net.connect(port, "127.0.0.1");
    const cut = () => (client.destroy(), onward.destroy());
    client.on("data", (bytes: Buffer) => {
      const room = after - passed;
      passed += bytes.length;
      if (bytes.length < room) onward.write(bytes);
      else onward.write(bytes.subarray(0, Math.max(0, room)), cut);
    });
    onward.pipe(client);
    for (const socket of [client, onward]) socket.on("error", cut).on("close", cut);
  });
  await new Promise<void>(resolve => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return { port: (server.address() as net.AddressInfo).port, passed: () => passed };
}
