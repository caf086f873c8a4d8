import { installLine, isInstalled, missingPackages } from "../../../scripts/debian.mjs";
import { bad, type Finding, good, note } from "./finding";

/** Where programs come from on this computer. */
export type Source = "apt" | "brew" | "winget" | "other";

interface Need {
  /** What does not work without it. */
  readonly without: string;
  readonly brew?: string;
  readonly winget?: string;
}

/** By the name of the Debian package. What is not listed only tests use. */
const NEEDS: Readonly<Record<string, Need>> = {
  "ca-certificates": { without: "building the plugin, which takes Debian's list of authorities along" },
  luajit: { without: "ribbon demo, npm test", brew: "luajit", winget: "DEVCOM.LuaJIT" },
  "lua-socket": { without: "ribbon demo, npm test" },
  "lua-sec": { without: "ribbon demo, npm test" },
  "lua-filesystem": { without: "ribbon demo, npm test" },
  "lua-cjson": { without: "ribbon demo, npm test" },
  "libsqlite3-0": { without: "ribbon demo, npm test", brew: "sqlite" },
  "openssh-client": { without: "ribbon deploy over Wi-Fi", brew: "openssh", winget: "Microsoft.OpenSSH.Preview" },
  adb: { without: "ribbon deploy --adb", brew: "android-platform-tools", winget: "Google.PlatformTools" },
  unzip: { without: "npm test", brew: "unzip" },
  chromium: { without: "npm test of the server's pages", brew: "chromium" },
  rclone: { without: "npm test of a cloud", brew: "rclone", winget: "Rclone.Rclone" },
};

/** What only some commands need, by the Debian package that holds it. */
const SOMETIMES: Readonly<Record<string, string>> = { "openssh-client": "ssh", adb: "adb" };

export interface Missing {
  /** As Debian calls them. */
  readonly needed: readonly string[];
  readonly sometimes: readonly string[];
  readonly forTests: readonly string[];
}

/** What this computer lacks. */
export function missingHere(): Missing {
  const needed = missingPackages();
  const sometimes = Object.entries(SOMETIMES).flatMap(([name, program]) => (hasProgram(program) ? [] : [name]));
  const told = [...needed, ...sometimes];
  return { needed, sometimes, forTests: missingPackages({ forTests: true }).filter(name => !told.includes(name)) };
}

/** @param platform as Node names it */
export function sourceOf(platform: string = process.platform, has = hasProgram): Source {
  if (platform === "win32") return "winget";
  if (platform === "darwin") return "brew";
  return has("apt-get") ? "apt" : "other";
}

/** A finding for each package that is missing; one good one when there is none. */
export function packageFindings({ needed, sometimes, forTests }: Missing): Finding[] {
  if (needed.length + sometimes.length + forTests.length === 0) return [good("Programs", "all there")];
  return [
    ...needed.map(name => bad(name, `missing; without it: ${withoutIt(name)}`)),
    ...[...sometimes, ...forTests].map(name => note(name, `not here; without it: ${withoutIt(name)}`)),
  ];
}

/** The lines to type for all that is missing, as far as this source has it. */
export function howToGet({ needed, sometimes, forTests }: Missing, source: Source): string[] {
  const names = [...new Set([...needed, ...sometimes, ...forTests])];
  if (names.length === 0) return [];
  switch (source) {
    case "apt":
      return [installLine(names)];
    case "brew":
    case "winget":
      return [...lineFor(names, source), ...restOf(names, source)];
    case "other":
      return [`Debian calls these: ${names.join(" ")}`];
  }
}

function lineFor(names: readonly string[], source: "brew" | "winget"): string[] {
  const known = names.flatMap(name => NEEDS[name]?.[source] ?? []);
  if (known.length === 0) return [];
  return source === "brew" ? [`brew install ${known.join(" ")}`] : known.map(name => `winget install ${name}`);
}

function restOf(names: readonly string[], source: "brew" | "winget"): string[] {
  const rest = names.filter(name => NEEDS[name]?.[source] === undefined);
  const where = source === "winget" ? "WSL" : "a container";
  return rest.length === 0 ? [] : [`Only on Debian or Ubuntu, in ${where} for instance: ${rest.join(" ")}`];
}

function withoutIt(name: string): string {
  return NEEDS[name]?.without ?? "npm test";
}

function hasProgram(program: string): boolean {
  return isInstalled(program) || isInstalled(`${program}.exe`);
}
