// @ts-check
// Writes `release.json` into the plugin's folder: what src/core/release.ts reads, on a device and on a server.
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";

const FORMAT = 1;
const RELEASE = "release.json";
const BAKED = "baked.json";

/** The bootstrap's number, from the one place that says it. */
function bootstrap() {
  const [, number] = /BOOTSTRAP = (\d+);/.exec(fs.readFileSync("src/core/release.ts", "utf8")) ?? [];
  if (number === undefined) throw new Error("src/core/release.ts names no bootstrap");
  return Number(number);
}

/** @param {string} name @param {Buffer} content */
function described(name, content) {
  return { name, bytes: content.length, sha256: createHash("sha256").update(content).digest("hex") };
}

/**
 * @param {string} folder of the plugin, complete
 * @param {{ version: string, notes?: string }} about
 */
export function writeRelease(folder, { version, notes = "" }) {
  const names = fs.readdirSync(folder).filter(name => name !== RELEASE && name !== BAKED);
  const contents = names.sort().map(name => ({ name, content: fs.readFileSync(path.join(folder, name)) }));
  const release = {
    format: FORMAT,
    version,
    bootstrap: bootstrap(),
    notes,
    package: described(`ribbon-${version}.update`, Buffer.concat(contents.map(({ content }) => content))),
    files: contents.map(({ name, content }) => described(name, content)),
  };
  fs.writeFileSync(path.join(folder, RELEASE), `${JSON.stringify(release, undefined, 1)}\n`);
}
