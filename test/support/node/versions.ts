// Versions of Ribbon that differ in what they call themselves, and in what a test breaks: made from the built folder.
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { writeRelease } from "../../../scripts/release.mjs";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const BUILT = path.join(ROOT, "koplugin/ribbon.koplugin");

export const { version: OWN } = JSON.parse(fs.readFileSync(path.join(ROOT, "package.json"), "utf8")) as {
  version: string;
};

/** What a test does to a version before its release.json is written. */
export type Change = (folder: string) => void;

/** Puts Lua before a file's last line that begins a statement: `at` is a line of it, as the bundle's "return plugin". */
export function insertLua(file: string, at: string, lua: string): Change {
  return folder => {
    const whole = path.join(folder, file);
    const text = fs.readFileSync(whole, "utf8");
    const place = text.lastIndexOf(at);
    if (place < 0) throw new Error(`${file} has no line "${at}"`);
    fs.writeFileSync(whole, `${text.slice(0, place)}${lua}\n${text.slice(place)}`);
  };
}

/** Lua that runs when KOReader loads the plugin, with `plugin` as its table. */
export const atLoad = (lua: string): Change => insertLua("ribbon.lua", "return plugin, function", lua);

/** Without these files. */
export const without =
  (...files: readonly string[]): Change =>
  folder => {
    for (const file of files) fs.rmSync(path.join(folder, file));
  };

/** Without what a short test never needs: fewer files are fetched sooner. */
export const fewFiles: Change = folder => {
  const names = fs
    .readdirSync(folder)
    .filter(name => /^(l10n-.*|sdr.*|library.*|download.*|roots|NOTICE|LICENSE)/.test(name));
  // A worker reads these to answer any question.
  for (const name of names) if (name !== "library-files.lua") fs.rmSync(path.join(folder, name));
};

/** A whole version in a folder that is not there yet. */
export function makeVersion(folder: string, version: string, change: Change = () => {}, notes = ""): string {
  fs.cpSync(BUILT, folder, { recursive: true });
  let told = 0;
  for (const file of fs.readdirSync(folder).filter(name => name.endsWith(".lua"))) {
    const whole = path.join(folder, file);
    const text = fs.readFileSync(whole, "utf8");
    if (!text.includes(`"${OWN}"`)) continue;
    told += 1;
    fs.writeFileSync(whole, text.replaceAll(`"${OWN}"`, `"${version}"`));
  }
  // In _meta.lua, and where the bundle says it.
  if (told !== 2) throw new Error(`the version stands in ${told} files`);
  change(folder);
  writeRelease(folder, { version, notes });
  return folder;
}

export interface Update {
  readonly version: string;
  /** release.json as a server sends it. */
  readonly release: string;
  /** The update package. */
  readonly bytes: Buffer;
}

/** What a server hands out of a version's folder. */
export function updateOf(folder: string): Update {
  const release = fs.readFileSync(path.join(folder, "release.json"), "utf8");
  const { version, files } = JSON.parse(release) as { version: string; files: { name: string }[] };
  const bytes = Buffer.concat(files.map(({ name }) => fs.readFileSync(path.join(folder, name))));
  return { version, release, bytes };
}
