import fs from "node:fs";
import path from "node:path";

/** Says in the plugin's folder which version runs (docs/updates.md); src/boot.ts acts on it. */
export const ACTIVE_FILE = "active.txt";

const LARGEST = 1000;
/** A folder below `updates/`: it is named after its version. */
const VERSION = /^\d[\w.+-]*$/;

export interface ActiveVersion {
  /** The update that runs; absent: what was installed by hand. */
  readonly run?: string;
  /** The one that it would go back to. */
  readonly before?: string;
  /** The one that was given up. */
  readonly failed?: string;
}

/** What `active.txt` says; nothing where it is not there or makes no sense, as the bootstrap takes it. */
export function activeIn(folder: string): ActiveVersion {
  const file = path.join(folder, ACTIVE_FILE);
  const text = fs.existsSync(file) ? fs.readFileSync(file, "latin1").slice(0, LARGEST) : "";
  const [, lines = ""] = /^RIBBON 1\n(.*)end\n$/s.exec(text) ?? [];
  return { ...versionAfter("run", lines), ...versionAfter("before", lines), ...versionAfter("failed", lines) };
}

function versionAfter(word: keyof ActiveVersion, lines: string): ActiveVersion {
  const [, value = ""] = new RegExp(`^${word} (.*)$`, "m").exec(lines) ?? [];
  return VERSION.test(value) ? { [word]: value } : {};
}
