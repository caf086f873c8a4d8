// A plugin of a known version and content, and what a folder holds.
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { BOOTSTRAP, RELEASE_FILE, RELEASE_FORMAT } from "../../../../src/core/release";

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

/** As a build leaves it, with names as ours are, and 300 KB that do not shrink. Returns its folder. */
export function samplePlugin(parent: string, version: string): string {
  const folder = path.join(parent, `built-${version}`);
  fs.mkdirSync(folder, { recursive: true });
  const contents: Readonly<Record<string, string | Buffer>> = {
    "_meta.lua": `return {\n    version = "${version}",\n}\n`,
    "main.lua": `return { disabled = true } -- ${version}\n`,
    "errand-work+menu.lua": `return "${version}"`,
    "l10n-de.lua": Buffer.from(Uint8Array.from({ length: 1000 }, (_, index) => index)),
    "empty.lua": "",
    "ribbon.lua": createHash("shake256", { outputLength: 300_000 }).update(version).digest(),
  };
  const files = Object.entries(contents).map(([name, content]) => {
    const bytes = Buffer.from(content);
    fs.writeFileSync(path.join(folder, name), bytes);
    return { name, bytes: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex") };
  });
  const whole = { name: `ribbon-${version}.update`, bytes: files.reduce((sum, { bytes }) => sum + bytes, 0) };
  const release = { format: RELEASE_FORMAT, version, bootstrap: BOOTSTRAP, notes: "", files };
  const sum = createHash("sha256").update(Buffer.concat(Object.values(contents).map(content => Buffer.from(content))));
  const manifest = { ...release, package: { ...whole, sha256: sum.digest("hex") } };
  fs.writeFileSync(path.join(folder, RELEASE_FILE), JSON.stringify(manifest));
  return folder;
}
