// @ts-check
// The WebDAV servers that the tests speak to. apache2-bin and rclone are installed like any other package. lighttpd and nginx
// would start a server on port 80 of whoever installs them: they are only unpacked, into a folder of ours.
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";

const PREFIX = path.resolve("node_modules/.cache/ribbon/servers");

/** Debian packages by the program that they hold, and the modules that it loads. */
const UNPACKED = {
  lighttpd: ["lighttpd", "lighttpd-mod-webdav"],
  nginx: ["nginx", "libnginx-mod-http-dav-ext"],
};

const FOLDERS = ["/usr/sbin", "/usr/bin", `${PREFIX}/usr/sbin`];

/** What a program needs besides itself. */
const MODULES = {
  apache2: "lib/apache2/modules/mod_dav_fs.so",
  lighttpd: "lib/lighttpd/mod_webdav.so",
  nginx: "lib/nginx/modules/ngx_http_dav_ext_module.so",
  rclone: undefined,
};

/**
 * Where a server and its modules are; nothing when one of them is missing.
 * @param {keyof typeof MODULES} name
 */
export function findServer(name) {
  const program = FOLDERS.map(folder => path.join(folder, name)).find(file => fs.existsSync(file));
  const wanted = MODULES[name];
  if (program === undefined || wanted === undefined)
    return program === undefined ? undefined : { program, modules: "" };
  const found = ["/usr", `${PREFIX}/usr`].map(root => path.join(root, wanted)).find(file => fs.existsSync(file));
  return found === undefined ? undefined : { program, modules: path.dirname(found) };
}

/** Downloads and unpacks what is missing. The tests of a server that cannot be had say so and are skipped. */
export function unpackServers() {
  const missing = Object.entries(UNPACKED).filter(([name]) => findServer(/** @type {"nginx"} */ (name)) === undefined);
  if (missing.length === 0) return;
  fs.mkdirSync(PREFIX, { recursive: true });
  const packages = missing.flatMap(([, names]) => names);
  const download = spawnSync("apt-get", ["download", ...packages], { cwd: PREFIX, stdio: "inherit" });
  if (download.status !== 0) console.error(`Cannot download ${packages.join(", ")}: their tests will be skipped.`);
  for (const file of fs.readdirSync(PREFIX).filter(name => name.endsWith(".deb"))) {
    spawnSync("dpkg", ["-x", file, PREFIX], { cwd: PREFIX, stdio: "inherit" });
    fs.rmSync(path.join(PREFIX, file));
  }
}
