// Real WebDAV servers on free ports of this machine, each with its own configuration and, for root, as nobody.
import { type ChildProcess, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import net from "node:net";
import path from "node:path";
import { findServer } from "../../../scripts/test-servers.mjs";
import { freePort, isListening } from "./ports";

export const USER = "reader";
/** What a careless client would encode, cut or take for the end of something. */
export const PASSWORD = 'a "b" %41:ü';
const REALM = "the cloud";
const NOBODY = 65_534;
/** A server that waits for kept connections to end is not waited for. */
const PATIENCE_MS = 3000;

/** One way to a server's folder. */
export interface DavPlace {
  readonly name: string;
  readonly port: number;
  /** With a slash at both ends. */
  readonly path: string;
  /** Where its files lie on this machine. */
  readonly folder: string;
}

export interface DavServers {
  readonly places: DavPlace[];
  /** Why some are not there. */
  readonly missing: string[];
  close(): Promise<void>;
}

type Name = Parameters<typeof findServer>[0];

interface Plan {
  readonly args: string[];
  readonly places: Omit<DavPlace, "port">[];
}

/** What a plan is made of: its own folder, a free port, and where the server's modules are. */
interface Site {
  /** A folder on a disk with little room. */
  readonly small: string;
  readonly dir: string;
  readonly port: number;
  readonly modules: string;
}

const hash = (algorithm: string, text: string, form: "hex" | "base64" = "hex") =>
  createHash(algorithm).update(text).digest(form);

/** The same password, in the forms that the servers read. */
function writePasswords(dir: string): void {
  const digest = (algorithm: string) => `${USER}:${REALM}:${hash(algorithm, `${USER}:${REALM}:${PASSWORD}`)}\n`;
  fs.writeFileSync(path.join(dir, "basic"), `${USER}:{SHA}${hash("sha1", PASSWORD, "base64")}\n`);
  fs.writeFileSync(path.join(dir, "digest"), digest("md5"));
  fs.writeFileSync(path.join(dir, "digest256"), digest("sha256"));
}

function share(dir: string, ...names: string[]): string {
  const folder = path.join(dir, ...names);
  fs.mkdirSync(folder, { recursive: true });
  return folder;
}

function write(dir: string, name: string, lines: readonly string[]): string {
  const file = path.join(dir, name);
  fs.writeFileSync(file, `${lines.join("\n")}\n`);
  return file;
}

const APACHE = [
  "mpm_event",
  "alias",
  "authn_core",
  "authn_file",
  "authz_core",
  "authz_user",
  "auth_basic",
  "auth_digest",
  "dav",
  "dav_fs",
];

function planApache({ dir, port, modules, small }: Site): Plan {
  share(dir, "www", "basic");
  share(dir, "www", "digest");
  share(dir, "www", "readonly");
  const place = (name: string, type: string, more: string[] = []) => [
    `<Location /${name}/>`,
    `AuthType ${type}`,
    `AuthName "${REALM}"`,
    ...(type === "Digest" ? ["AuthDigestProvider file"] : []),
    `AuthUserFile ${dir}/${type.toLowerCase()}`,
    ...more,
    "</Location>",
  ];
  const config = write(dir, "apache.conf", [
    `ServerRoot ${dir}`,
    "ServerName localhost",
    `Listen 127.0.0.1:${port}`,
    `PidFile ${dir}/pid`,
    `ErrorLog ${dir}/error.log`,
    `DefaultRuntimeDir ${dir}`,
    // Semaphores need a /dev/shm where everybody may write: a container need not have one.
    `Mutex file:${dir}`,
    ...APACHE.map(name => `LoadModule ${name}_module ${modules}/mod_${name}.so`),
    `DavLockDB ${dir}/locks`,
    `DocumentRoot ${dir}/www`,
    "StartServers 1",
    `Alias /small/ ${small}/`,
    ...[`${dir}/www`, small].flatMap(folder => [`<Directory ${folder}>`, "Dav on", "</Directory>"]),
    ...place("small", "Basic", ["Require valid-user"]),
    ...place("basic", "Basic", ["Require valid-user"]),
    ...place("digest", "Digest", ["Require valid-user"]),
    ...place("readonly", "Basic", ["<LimitExcept GET OPTIONS PROPFIND>", "Require all denied", "</LimitExcept>"]),
  ]);
  const places = ["basic", "digest", "readonly"].map(name => ({
    name: `apache ${name}`,
    path: `/${name}/`,
    folder: path.join(dir, "www", name),
  }));
  places.push({ name: "apache small", path: "/small/", folder: small });
  return { args: ["-D", "FOREGROUND", "-f", config], places };
}

function planLighttpd({ dir, port, modules }: Site): Plan {
  share(dir, "www", "basic");
  share(dir, "www", "digest");
  share(dir, "uploads");
  fs.writeFileSync(path.join(dir, "plain"), `${USER}:${PASSWORD}\n`);
  const auth = (method: string, more = "") =>
    `auth.require = ("" => ("method" => "${method}", "realm" => "${REALM}", "require" => "valid-user"${more}))`;
  const config = write(dir, "lighttpd.conf", [
    'server.modules = ("mod_access", "mod_auth", "mod_authn_file", "mod_webdav")',
    `server.document-root = "${dir}/www"`,
    'server.bind = "127.0.0.1"',
    `server.port = ${port}`,
    `server.errorlog = "${dir}/error.log"`,
    `server.upload-dirs = ("${dir}/uploads")`,
    'webdav.activate = "enable"',
    `webdav.sqlite-db-name = "${dir}/webdav.db"`,
    `$HTTP["url"] =~ "^/basic/" {`,
    'auth.backend = "plain"',
    `auth.backend.plain.userfile = "${dir}/plain"`,
    auth("basic"),
    "} else {",
    'auth.backend = "htdigest"',
    `auth.backend.htdigest.userfile = "${dir}/digest256"`,
    auth("digest", ', "algorithm" => "SHA-256"'),
    "}",
  ]);
  const places = ["basic", "digest"].map(name => ({
    name: `lighttpd ${name}`,
    path: `/${name}/`,
    folder: path.join(dir, "www", name),
  }));
  return { args: ["-D", "-f", config, "-m", modules], places };
}

function planNginx({ dir, port, modules }: Site): Plan {
  const folder = share(dir, "www", "dav");
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
  const config = write(dir, "nginx.conf", [
    `load_module ${modules}/ngx_http_dav_ext_module.so;`,
    "daemon off;",
    "worker_processes 1;",
    `pid ${dir}/pid;`,
    `error_log ${dir}/error.log;`,
    "events {}",
    "http {",
    "access_log off;",
    ...temporary.map(name => `${name}_temp_path ${dir}/${name};`),
    "client_max_body_size 0;",
    "server {",
    `listen 127.0.0.1:${port};`,
    `root ${dir}/www;`,
    "location / {",
    "dav_methods PUT DELETE MKCOL COPY MOVE;",
    "dav_ext_methods PROPFIND OPTIONS;",
    `auth_basic "${REALM}";`,
    `auth_basic_user_file ${dir}/basic;`,
    "}}}",
  ]);
  return {
    args: ["-p", dir, "-e", `${dir}/error.log`, "-c", config],
    places: [{ name: "nginx", path: "/dav/", folder }],
  };
}

function planRclone({ dir, port }: Site): Plan {
  const folder = share(dir, "www");
  const args = [
    "serve",
    "webdav",
    folder,
    "--addr",
    `127.0.0.1:${port}`,
    "--baseurl",
    "dav",
    "--config",
    `${dir}/none`,
  ];
  const login = ["--user", USER, "--pass", PASSWORD, "--cache-dir", `${dir}/cache`];
  return { args: [...args, ...login], places: [{ name: "rclone", path: "/dav/", folder }] };
}

const PLANS: Readonly<Record<Name, (site: Site) => Plan>> = {
  apache2: planApache,
  lighttpd: planLighttpd,
  nginx: planNginx,
  rclone: planRclone,
};

function answers(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const socket = net.connect(port, "127.0.0.1");
    socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
    socket.once("connect", () => socket.destroy());
  });
}

function giveToNobody(folder: string): void {
  for (const entry of fs.readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    fs.chownSync(path.join(folder, entry), NOBODY, NOBODY);
  }
  fs.chownSync(folder, NOBODY, NOBODY);
}

/** What was only unpacked may lie where nobody can look: then from a copy. */
function withinReach({ program, modules }: { program: string; modules: string }, dir: string) {
  if (program.startsWith("/usr/")) return { program, modules };
  const copy = { program: path.join(dir, path.basename(program)), modules: path.join(dir, "modules") };
  fs.copyFileSync(program, copy.program);
  fs.cpSync(modules, copy.modules, { recursive: true });
  return copy;
}

async function start(
  name: Name,
  dir: string,
  small: string,
): Promise<{ child: ChildProcess; places: DavPlace[] } | string> {
  const found = findServer(name);
  if (found === undefined) return `${name} is not installed`;
  const port = await freePort();
  writePasswords(dir);
  const { program, modules } = withinReach(found, dir);
  const { args, places } = PLANS[name]({ dir, port, small, modules });
  const isRoot = process.getuid?.() === 0;
  if (isRoot) giveToNobody(dir);
  const said: string[] = [];
  const child = spawn(program, args, {
    stdio: ["ignore", "pipe", "pipe"],
    ...(isRoot ? { uid: NOBODY, gid: NOBODY } : {}),
  });
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", part => said.push(part));
  child.on("error", error => said.push(error.message));
  for (let tries = 0; tries < 1200 && child.exitCode === null && child.signalCode === null; tries += 1) {
    if (isListening(child.pid, port) && (await answers(port)))
      return { child, places: places.map(place => ({ ...place, port })) };
    await new Promise(resolve => setTimeout(resolve, 50));
  }
  child.kill("SIGKILL");
  const log = path.join(dir, "error.log");
  if (fs.existsSync(log)) said.push(fs.readFileSync(log, "utf8"));
  return `${name} did not start: ${said.join("").trim().slice(0, 300)}`;
}

/**
 * @param folder empty, and open to everybody on the way to it
 * @param small another one, on a disk with little room if there is one
 */
export async function startDavServers(folder: string, small: string): Promise<DavServers> {
  fs.chmodSync(folder, 0o755);
  const places: DavPlace[] = [];
  const missing: string[] = [];
  const children: ChildProcess[] = [];
  for (const name of Object.keys(PLANS) as Name[]) {
    const started = await start(name, share(folder, name), small);
    if (typeof started === "string") missing.push(started);
    else {
      places.push(...started.places);
      children.push(started.child);
    }
  }
  const end = (child: ChildProcess) =>
    new Promise<void>(resolve => {
      // Ended by a signal it has no code.
      if (child.exitCode !== null || child.signalCode !== null) return resolve();
      const impatience = setTimeout(() => child.kill("SIGKILL"), PATIENCE_MS);
      child.once("exit", () => {
        clearTimeout(impatience);
        resolve();
      });
      child.kill("SIGTERM");
    });
  return { places, missing, close: async () => void (await Promise.all(children.map(end))) };
}
