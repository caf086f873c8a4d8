// Real SSH servers on loopback, whose shell is BusyBox's and sees nothing but a device's folder tree. Each runs in a mount
// namespace of its own, with users of its own, so that nothing of this machine is changed.
import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import net from "node:net";
import path from "node:path";
import { freePort, isListening } from "../ports";

export type ServerName = "OpenSSH" | "dropbear";

export interface SshServer {
  readonly port: number;
  /** What it wrote about logins so far. */
  log(): string;
  stop(): Promise<void>;
  /** Starts a program on the device, as its shell sees it. It ends with the test's own process at the latest. */
  start(command: string): ChildProcess;
}

export interface ServerOptions {
  readonly name: ServerName;
  /** The device's folder tree. */
  readonly root: string;
  /** For keys and configuration. */
  readonly dir: string;
  readonly publicKey: string;
  readonly port?: number;
  /** In which folder of the device the server stands. */
  readonly cwd?: string;
  /** Of the user root; an empty one lets everybody in (dropbear only). */
  readonly password?: string;
  /** Commands for the shell before ours. */
  readonly prelude?: string;
  /** Keeps its host key from one start to the next unless a new one is asked for. */
  readonly newKey?: boolean;
  /** What the shell says before anything else. */
  readonly greeting?: string;
  /** A limit of the shell's, such as `-f 100`. */
  readonly limit?: string;
}

/** Why no server can be started here; nothing when it can. */
export function whyNoSshServers(): string | undefined {
  if (process.getuid?.() !== 0) return "only root can lock a shell into a device's folder tree";
  const missing = ["/usr/sbin/sshd", "/usr/sbin/dropbear", "/usr/bin/ssh"].filter(file => !fs.existsSync(file));
  if (missing.length > 0) return `${missing.join(" and ")} not found`;
  const tried = spawnSync("unshare", ["--mount", "true"]);
  return tried.status === 0 ? undefined : "this system gives no mount namespaces";
}

/** The client's command, which is `sh`; after a prelude, where there is one, the shell goes on with what the client says. */
function shellCommand({ name, root, prelude }: ServerOptions): string {
  if (prelude === undefined) return '"$SSH_ORIGINAL_COMMAND"';
  fs.writeFileSync(path.join(root, "prelude"), prelude);
  // OpenSSH gives its commands a socket, which cannot be opened by name.
  return name === "dropbear" ? `". /prelude; . /dev/stdin"` : `"{ cat /prelude; cat; } | $SSH_ORIGINAL_COMMAND"`;
}

/** What the server runs instead of a login shell's command. */
function writeLogin(options: ServerOptions): string {
  const { root, dir, greeting = "", limit } = options;
  const enter = `exec env -i PATH=/bin HOME=/home/root /usr/sbin/chroot ${root} /bin/sh -c`;
  const limits = limit === undefined ? "" : `ulimit ${limit}; `;
  const file = path.join(dir, "login");
  const lines = ["#!/bin/sh", `printf '%s' '${greeting}'`, `${limits}${enter} ${shellCommand(options)}`];
  fs.writeFileSync(file, `${lines.join("\n")}\n`, { mode: 0o755 });
  return file;
}

/** Hashed as crypt does; empty for no password. "*" is none that could be typed. */
function shadowOf(password: string | undefined): string {
  if (password === undefined || password === "") return password ?? "*";
  return execFileSync("openssl", ["passwd", "-6", password], { encoding: "utf8" }).trim();
}

function writeUsers({ dir, password, publicKey }: ServerOptions): void {
  const home = path.join(dir, "home");
  fs.mkdirSync(path.join(home, ".ssh"), { recursive: true, mode: 0o700 });
  fs.writeFileSync(path.join(home, ".ssh", "authorized_keys"), publicKey, { mode: 0o600 });
  const sshd = "sshd:x:100:65534::/run/sshd:/usr/sbin/nologin\n";
  fs.writeFileSync(path.join(dir, "passwd"), `root:x:0:0:root:${home}:/bin/sh\n${sshd}`);
  fs.writeFileSync(path.join(dir, "shadow"), `root:${shadowOf(password)}:19000:0:99999:7:::\nsshd:*:19000::::::\n`);
}

function opensshCommand(options: ServerOptions, port: number, login: string): string {
  const { dir } = options;
  const key = path.join(dir, "host_key");
  if (options.newKey === true) fs.rmSync(key, { force: true });
  if (!fs.existsSync(key)) execFileSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", key]);
  const lines = [
    `Port ${port}`,
    "ListenAddress 127.0.0.1",
    `HostKey ${key}`,
    `PidFile ${dir}/pid`,
    "StrictModes no",
    "UsePAM no",
    "PermitRootLogin yes",
    `PasswordAuthentication ${options.password === undefined ? "no" : "yes"}`,
    `ForceCommand ${login}`,
  ];
  fs.writeFileSync(path.join(dir, "sshd_config"), `${lines.join("\n")}\n`);
  return `mkdir -p /run/sshd && exec /usr/sbin/sshd -D -e -f ${dir}/sshd_config`;
}

/** As KOReader starts its own (`SSH.koplugin`): -E, a port, a file for its number; without going into the background. */
function dropbearCommand(options: ServerOptions, port: number, login: string): string {
  const { dir, password, root, cwd = "/" } = options;
  const key = path.join(dir, "dropbear_key");
  if (options.newKey === true) fs.rmSync(key, { force: true });
  if (!fs.existsSync(key)) execFileSync("dropbearkey", ["-t", "ed25519", "-f", key], { stdio: "ignore" });
  const words = ["-F", "-E", "-p", `127.0.0.1:${port}`, "-P", `${dir}/pid`, "-r", key, "-c", login];
  if (password === "") words.push("-B");
  if (password === undefined) words.push("-s");
  return `cd ${root}${cwd} && exec /usr/sbin/dropbear ${words.join(" ")}`;
}

export async function startSshServer(options: ServerOptions): Promise<SshServer> {
  const { dir, root } = options;
  const port = options.port ?? (await freePort());
  writeUsers(options);
  const command = (options.name === "OpenSSH" ? opensshCommand : dropbearCommand)(options, port, writeLogin(options));
  const mounts = [
    ...["passwd", "shadow"].map(name => `mount --bind ${dir}/${name} /etc/${name}`),
    `mount -t proc proc ${root}/proc`,
  ];
  const child = spawn(
    "unshare",
    ["--mount", "--propagation", "private", "sh", "-c", [...mounts, command].join(" && ")],
    {
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  let log = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (bytes: Buffer) => (log += bytes.toString()));
  await untilAnswers(port, child, () => log);
  const enter = ["--target", String(child.pid), "--mount", "/usr/sbin/chroot", root, "/bin/sh", "-c"];
  const start = (words: string) =>
    spawn("/usr/bin/nsenter", [...enter, words], { stdio: "ignore", env: { PATH: "/bin" } });
  return { port, log: () => log, stop: () => stop(child), start };
}

async function untilAnswers(port: number, child: ChildProcess, log: () => string): Promise<void> {
  while (!(isListening(child.pid, port) && (await answers(port)))) {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error(`the SSH server ended: ${log()}`);
    await new Promise(resolve => setTimeout(resolve, 20));
  }
}

function answers(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const socket = net.connect(port, "127.0.0.1");
    // Only a server that greets can be asked to let somebody in.
    socket.once("data", () => (resolve(true), socket.destroy()));
    socket.once("error", () => resolve(false)).once("close", () => resolve(false));
  });
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill();
  await once(child, "exit");
}
