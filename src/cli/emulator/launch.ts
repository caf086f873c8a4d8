// How a KOReader is started on a home of ours.
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import { FLATPAK_ID, type KOReader } from "./find-koreader";

/** The screen of a device. */
export interface Screen {
  readonly width: number;
  readonly height: number;
  /** Dots per inch; KOReader's own 160 unless given. */
  readonly dpi?: number;
  /** Nothing is shown. */
  readonly isHeadless: boolean;
}

/** What `spawn` takes. */
export interface Launch {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The environment in which KOReader keeps everything below `home` and is the device "Emulator", which can sleep.
 * Variables: datastorage.lua, device/sdl/device.lua, base's ffi/SDL3.lua and ffi/framebuffer.lua (v2024.07 to today).
 */
function readerEnvironment(home: string, { width, height, dpi, isHeadless }: Screen): Environment {
  return {
    KO_HOME: home,
    EMULATE_READER_W: String(width),
    EMULATE_READER_H: String(height),
    ...(dpi === undefined ? {} : { EMULATE_READER_DPI: String(dpi) }),
    ...(isHeadless ? { SDL_VIDEODRIVER: "dummy", SDL_AUDIODRIVER: "dummy" } : {}),
  };
}

/** Each makes KOReader a desktop's; a terminal that is an AppImage or a Flatpak itself hands them down. */
const OTHER_DEVICES = ["APPIMAGE", "FLATPAK", "KO_MULTIUSER"];

/** @param isFuseThere whether this computer can mount an AppImage; else it unpacks itself at each start */
export function launchOf(
  koreader: KOReader,
  home: string,
  screen: Screen,
  { env = process.env as Environment, isFuseThere = hasFuse() } = {},
): Launch {
  const own = readerEnvironment(home, screen);
  const inherited = Object.fromEntries(Object.entries(env).filter(([name]) => !OTHER_DEVICES.includes(name)));
  const all = { ...inherited, ...own };
  switch (koreader.kind) {
    case "folder":
      return { command: "./luajit", args: ["reader.lua"], cwd: koreader.folder, env: all };
    case "appimage":
      return { command: koreader.file, args: isFuseThere ? [] : ["--appimage-extract-and-run"], env: all };
    case "flatpak": {
      const handed = Object.entries(own).map(([name, value]) => `--env=${name}=${value ?? ""}`);
      return { command: "flatpak", args: ["run", `--filesystem=${home}`, ...handed, FLATPAK_ID], env: all };
    }
  }
}

function hasFuse(): boolean {
  const canRun = (program: string) => spawnSync(program, ["--version"], { stdio: "ignore" }).status === 0;
  return fs.existsSync("/dev/fuse") && (canRun("fusermount3") || canRun("fusermount"));
}
