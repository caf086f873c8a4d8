// Where a KOReader is on this computer.
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";

/** A KOReader that can be started here. */
export type KOReader =
  /** With `luajit` and `reader.lua`. */
  | { readonly kind: "folder"; readonly folder: string }
  | { readonly kind: "appimage"; readonly file: string }
  | { readonly kind: "flatpak" };

export const FLATPAK_ID = "rocks.koreader.KOReader";

/** What is looked at on a computer. */
export interface Computer {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Where a Debian package puts it. */
  readonly systemFolder: string;
  hasFlatpak(): boolean;
}

/** The computer that this runs on. */
function thisComputer(): Computer {
  return {
    env: process.env,
    systemFolder: "/usr/lib/koreader",
    hasFlatpak: () => spawnSync("flatpak", ["info", FLATPAK_ID], { stdio: "ignore" }).status === 0,
  };
}

/** Below a release's archive, an unpacked AppImage, macOS's KOReader.app, or a built checkout's top. */
const INSIDE = [
  "",
  "koreader",
  "lib/koreader",
  "usr/lib/koreader",
  "squashfs-root/usr/lib/koreader",
  "Contents/koreader",
];

const HOW_TO_GET_ONE =
  "download the AppImage of a release (https://github.com/koreader/koreader/releases) into ~/Applications, or name it " +
  "with --koreader FILE; a checkout of KOReader that was built (./kodev build) does as well, with --koreader DIR";

/**
 * Finds the KOReader that was asked for (`--koreader`, else `KOREADER_DIR`), else one in PATH, in ~/Applications, of the
 * system, or of Flatpak. Throws a sentence that says what is wrong and how to get one.
 */
export function findKOReader(given: string | undefined, computer: Computer = thisComputer()): KOReader {
  const { env } = computer;
  const named = given ?? (env["KOREADER_DIR"] === "" ? undefined : env["KOREADER_DIR"]);
  if (named !== undefined) return namedKOReader(named);
  const found = [...inFolders(env), computer.systemFolder].map(known).find(each => each !== undefined);
  if (found !== undefined) return found;
  if (computer.hasFlatpak()) return { kind: "flatpak" };
  throw new Error(`no KOReader was found on this computer: ${HOW_TO_GET_ONE}`);
}

function namedKOReader(name: string): KOReader {
  if (!fs.existsSync(name)) throw new Error(`there is no ${name}: ${HOW_TO_GET_ONE}`);
  const found = known(name);
  if (found !== undefined) return found;
  if (fs.existsSync(path.join(name, "kodev")))
    throw new Error(`${name} is KOReader's source, not built yet: run ./kodev build there`);
  throw new Error(`${name} holds no KOReader (luajit and reader.lua): ${HOW_TO_GET_ONE}`);
}

/** What in PATH and in ~/Applications is called KOReader. */
function inFolders({ PATH = "", HOME = "" }: Computer["env"]): string[] {
  const programs = PATH.split(path.delimiter).filter(folder => folder !== "");
  const applications = HOME === "" ? [] : [path.join(HOME, "Applications")];
  const isOurs = (name: string) => /^koreader(\.sh)?$|^koreader.*\.appimage$|^koreader\.app$/i.test(name);
  return [...programs, ...applications].flatMap(folder =>
    namesIn(folder)
      .filter(isOurs)
      .map(name => path.join(folder, name)),
  );
}

function namesIn(folder: string): string[] {
  try {
    // The newest version's name comes last.
    return fs.readdirSync(folder).sort().reverse();
  } catch {
    return [];
  }
}

/** What a file or folder is; a start script stands for the folder it lies in. */
function known(name: string): KOReader | undefined {
  const stat = fs.statSync(name, { throwIfNoEntry: false });
  if (stat === undefined) return undefined;
  if (stat.isDirectory()) return inside(path.resolve(name));
  const file = fs.realpathSync(name);
  return isAppImage(file) ? { kind: "appimage", file } : inside(path.dirname(file));
}

function inside(top: string): KOReader | undefined {
  const built = namesIn(top).filter(name => name.startsWith("koreader-emulator-"));
  const folders = [...INSIDE, ...built.map(name => path.join(name, "koreader"))].map(each => path.join(top, each));
  const folder = folders.find(each => ["luajit", "reader.lua"].every(file => fs.existsSync(path.join(each, file))));
  return folder === undefined ? undefined : { kind: "folder", folder };
}

/** By its magic (`AI` at byte 8 of the ELF header), which no download changes. */
function isAppImage(file: string): boolean {
  const handle = fs.openSync(file, "r");
  try {
    const head = Buffer.alloc(11);
    fs.readSync(handle, head, 0, head.length, 0);
    return head.toString("latin1", 0, 4) === "\x7fELF" && head.toString("latin1", 8, 10) === "AI";
  } finally {
    fs.closeSync(handle);
  }
}
