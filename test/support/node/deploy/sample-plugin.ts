// A plugin of a known version and content, and what a folder holds.
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";

export type Tree = Readonly<Record<string, string>>;

/** Every file below a folder by its path, with the check sum of its bytes; empty when there is no folder. */
export function treeOf(folder: string): Tree {
  if (!fs.existsSync(folder)) return {};
  const entries = fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => !entry.isDirectory());
  const files = entries.map(entry => path.join(entry.parentPath, entry.name)).sort();
  const sum = (file: string) => createHash("sha256").update(fs.readFileSync(file)).digest("hex");
  return Object.fromEntries(files.map(file => [path.relative(folder, file), sum(file)]));
}

/** As a build leaves it, with a folder in it, names as ours are, and 300 KB that do not shrink. */
export function samplePlugin(parent: string, version: string): string {
  const folder = path.join(parent, `built-${version}`);
  fs.mkdirSync(path.join(folder, "l10n"), { recursive: true });
  const write = (name: string, bytes: string | Uint8Array) => fs.writeFileSync(path.join(folder, name), bytes);
  write("_meta.lua", `return {\n    version = "${version}",\n}\n`);
  write("main.lua", `return { disabled = true } -- ${version}\n`);
  write("errand-work+menu.lua", `return "${version}"`);
  write(
    "l10n/de.mo",
    Uint8Array.from({ length: 1000 }, (_, index) => index),
  );
  write("empty.lua", "");
  const noise = createHash("shake256", { outputLength: 300_000 }).update(version).digest();
  write("ribbon.lua", noise);
  const listed = Object.entries(treeOf(folder)).map(([name, sha256]) => ({
    path: name,
    bytes: fs.statSync(path.join(folder, name)).size,
    sha256,
  }));
  write("release.json", JSON.stringify({ version, files: listed }));
  return folder;
}
