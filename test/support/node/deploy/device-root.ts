// A folder tree like a device's, in which a shell finds BusyBox and nothing else.
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";

/** KOReader's data folder on each kind of device. */
export const DATA_FOLDERS = {
  kobo: "/mnt/onboard/.adds/koreader",
  kindle: "/mnt/us/koreader",
  pocketbook: "/mnt/ext1/applications/koreader",
  remarkable: "/home/root/koreader",
  cervantes: "/mnt/private/koreader",
  desktop: "/home/root/.config/koreader",
} as const;

export type LayoutName = keyof typeof DATA_FOLDERS;

/** KOReader as far as a deploy sees it. Returns its folder of plugins. */
export function addKoreader(root: string, data: string): string {
  const folder = path.join(root, data);
  fs.mkdirSync(path.join(folder, "plugins", "statistics.koplugin"), { recursive: true });
  fs.mkdirSync(path.join(folder, "settings"));
  fs.writeFileSync(path.join(folder, "reader.lua"), "#!./luajit\n");
  fs.writeFileSync(path.join(folder, "settings.reader.lua"), "return {\n}\n");
  return path.join(folder, "plugins");
}

const busybox = () => execFileSync("which", ["busybox"], { encoding: "utf8" }).trim();

/** Debian has BusyBox with libraries and without. */
function copyWithLibraries(root: string, program: string): void {
  fs.copyFileSync(program, path.join(root, "bin", "busybox"));
  let libraries = "";
  try {
    libraries = execFileSync("ldd", [program], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  } catch {
    return;
  }
  for (const [library] of libraries.matchAll(/\/\S+/g)) {
    fs.mkdirSync(path.join(root, path.dirname(library)), { recursive: true });
    fs.copyFileSync(library, path.join(root, library));
  }
}

/** Only root can make one: a shell is locked into it. */
export function makeDeviceRoot(root: string): void {
  for (const folder of ["bin", "dev", "proc", "tmp", "mnt"]) fs.mkdirSync(path.join(root, folder), { recursive: true });
  const program = busybox();
  copyWithLibraries(root, program);
  const applets = execFileSync(program, ["--list"], { encoding: "utf8" }).split("\n");
  const wanted = applets.filter(name => name !== "" && name !== "busybox");
  for (const name of wanted) fs.symlinkSync("busybox", path.join(root, "bin", name));
  fs.symlinkSync("/proc/self/fd/0", path.join(root, "dev", "stdin"));
  execFileSync("mknod", ["-m", "666", path.join(root, "dev", "null"), "c", "1", "3"]);
}
