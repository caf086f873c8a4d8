import { InvalidArgumentError } from "commander";

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** "600x800": sides from 200 to 4000 pixels. */
export function readSize(value: string): Size {
  const [, width = 0, height = 0] = (/^(\d+)x(\d+)$/i.exec(value) ?? []).map(Number);
  if (Math.min(width, height) < 200 || Math.max(width, height) > 4000)
    throw new InvalidArgumentError("A size is width and height in pixels, from 200 to 4000: 600x800, 1072x1448.");
  return { width, height };
}

/** From 80 to 600. */
export function readDpi(value: string): number {
  const dpi = Number(value);
  if (!/^\d+$/.test(value) || dpi < 80 || dpi > 600)
    throw new InvalidArgumentError("Dots per inch are a number from 80 to 600; a Kobo Clara has 300.");
  return dpi;
}

/** A language as KOReader names it: `de`, `pt_BR`. */
export function readLanguage(value: string): string {
  if (!/^[a-z]{2,3}([_@][A-Za-z]+)*$/.test(value))
    throw new InvalidArgumentError("A language is named as in KOReader: de, fr, pt_BR.");
  return value;
}

/** Throws a sentence when a window would have no screen to be on. */
export function requireDisplay(env: Readonly<Record<string, string | undefined>>, platform: string): void {
  const isSet = (name: string) => (env[name] ?? "") !== "";
  if (platform !== "linux" || isSet("DISPLAY") || isSet("WAYLAND_DISPLAY")) return;
  throw new Error(
    "there is no screen here (DISPLAY and WAYLAND_DISPLAY are not set): run it as xvfb-run -a ribbon emulator …, " +
      "or with --headless, without a window",
  );
}
