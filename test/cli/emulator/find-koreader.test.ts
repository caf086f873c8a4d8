import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { type Computer, findKOReader } from "../../../src/cli/emulator/find-koreader";
import { launchOf } from "../../../src/cli/emulator/launch";
import { readDpi, readLanguage, readSize, requireDisplay } from "../../../src/cli/emulator/screen-options";
import { fakeKOReader } from "../../support/node/fake-koreader";
import { tempDir } from "../../support/node/temp-dir";

/** A computer without any. */
const bare = (env: Record<string, string> = {}, isFlatpak = false): Computer => ({
  env: { HOME: tempDir(), PATH: tempDir(), ...env },
  systemFolder: "/nowhere/lib/koreader",
  hasFlatpak: () => isFlatpak,
});

/** The first bytes of an AppImage of type 2. */
function appImage(folder: string, name: string): string {
  fs.mkdirSync(folder, { recursive: true });
  const file = path.join(folder, name);
  fs.writeFileSync(file, Buffer.from("\x7fELF\x02\x01\x01\x00AI\x02", "latin1"), { mode: 0o755 });
  return file;
}

describe("a KOReader is found", () => {
  it.each([
    "",
    "koreader",
    "usr/lib/koreader",
    "squashfs-root/usr/lib/koreader",
    "koreader-emulator-x86_64-linux-gnu/koreader",
  ])("in a folder that was named, below “%s”", below => {
    const top = fakeKOReader([0], below);
    expect(findKOReader(top, bare())).toEqual({ kind: "folder", folder: path.join(top, below) });
  });

  it("by KOREADER_DIR, unless another one was named", () => {
    const [one, other] = [fakeKOReader([0]), fakeKOReader([0])];
    const computer = bare({ KOREADER_DIR: one });
    expect(findKOReader(undefined, computer)).toEqual({ kind: "folder", folder: one });
    expect(findKOReader(other, computer)).toEqual({ kind: "folder", folder: other });
  });

  it("as the newest AppImage in ~/Applications", () => {
    const HOME = tempDir();
    appImage(path.join(HOME, "Applications"), "koreader-v2026.03-x86_64.AppImage");
    const file = appImage(path.join(HOME, "Applications"), "koreader-v2026.07-x86_64.AppImage");
    expect(findKOReader(undefined, bare({ HOME }))).toEqual({ kind: "appimage", file });
  });

  it("as a program in PATH: an AppImage, or the link to a start script", () => {
    const [PATH, installed] = [tempDir(), fakeKOReader([0])];
    const file = appImage(PATH, "koreader");
    expect(findKOReader(undefined, bare({ PATH }))).toEqual({ kind: "appimage", file });
    fs.rmSync(file);
    fs.writeFileSync(path.join(installed, "koreader.sh"), "#!/bin/sh\n");
    fs.symlinkSync(path.join(installed, "koreader.sh"), path.join(PATH, "koreader"));
    expect(findKOReader(undefined, bare({ PATH }))).toEqual({ kind: "folder", folder: installed });
  });

  it("of the system, then of Flatpak", () => {
    const systemFolder = fakeKOReader([0]);
    expect(findKOReader(undefined, { ...bare({}, true), systemFolder })).toEqual({
      kind: "folder",
      folder: systemFolder,
    });
    expect(findKOReader(undefined, bare({}, true))).toEqual({ kind: "flatpak" });
  });
});

describe("without one it is said how to get one", () => {
  it("on a computer that has none", () => {
    expect(() => findKOReader(undefined, bare())).toThrow(/no KOReader was found .*AppImage.*--koreader/);
  });

  it("where the named folder is none, is not there, or is source that was not built", () => {
    const source = tempDir();
    expect(() => findKOReader(source, bare())).toThrow("holds no KOReader");
    expect(() => findKOReader("/nowhere/at/all", bare())).toThrow("there is no /nowhere/at/all");
    fs.writeFileSync(path.join(source, "kodev"), "");
    expect(() => findKOReader(source, bare())).toThrow("not built yet: run ./kodev build there");
  });
});

describe("it is started", () => {
  const screen = { width: 600, height: 800, isHeadless: false };
  const env = { APPIMAGE: "/terminal.AppImage", DISPLAY: ":0" };

  it("as an AppImage, unpacked where there is no FUSE", () => {
    const start = (isFuseThere: boolean) =>
      launchOf({ kind: "appimage", file: "/k.AppImage" }, "/home/of/it", screen, { env, isFuseThere });
    expect(start(true)).toMatchObject({ command: "/k.AppImage", args: [] });
    expect(start(false)).toMatchObject({ command: "/k.AppImage", args: ["--appimage-extract-and-run"] });
    expect(start(true).env).toEqual({
      DISPLAY: ":0",
      KO_HOME: "/home/of/it",
      EMULATE_READER_W: "600",
      EMULATE_READER_H: "800",
    });
  });

  it("from Flatpak, which sees the home", () => {
    const { command, args } = launchOf(
      { kind: "flatpak" },
      "/home/of/it",
      { ...screen, dpi: 300 },
      { env, isFuseThere: false },
    );
    expect([command, ...args].join(" ")).toBe(
      "flatpak run --filesystem=/home/of/it --env=KO_HOME=/home/of/it --env=EMULATE_READER_W=600 " +
        "--env=EMULATE_READER_H=800 --env=EMULATE_READER_DPI=300 rocks.koreader.KOReader",
    );
  });
});

describe("options", () => {
  it("say what they take", () => {
    expect(readSize("1072x1448")).toEqual({ width: 1072, height: 1448 });
    expect(readDpi("300")).toBe(300);
    expect(readLanguage("pt_BR")).toBe("pt_BR");
    for (const size of ["600", "600x", "10x10", "600x90000", "-600x800"])
      expect(() => readSize(size)).toThrow("600x800");
    for (const dpi of ["0", "x", "9999"]) expect(() => readDpi(dpi)).toThrow("number from 80 to 600");
    for (const language of ["German", 'de"', ""]) expect(() => readLanguage(language)).toThrow("as in KOReader");
  });

  it("need a screen for a window", () => {
    expect(() => requireDisplay({}, "linux")).toThrow(/xvfb-run -a ribbon emulator .*--headless/);
    for (const env of [{ DISPLAY: ":0" }, { WAYLAND_DISPLAY: "wayland-0" }]) requireDisplay(env, "linux");
    requireDisplay({}, "darwin");
  });
});
