// @ts-check
// Keeps what our declarations need of the data about KOReader's releases: node scripts/slice-koreader-api.mjs FOLDER
import fs from "node:fs";
import path from "node:path";
import { readDeclarations } from "./declarations.mjs";
import { loadReleases, parentOf } from "./koreader-api.mjs";
import { CLASSES, SAME_AS } from "./koreader-exceptions.mjs";

/** @typedef {import("./koreader-api.mjs").Release} Release */

const TARGET = "test/fixtures/koreader-api";

/**
 * @param {Release} release
 * @param {string | undefined} module
 * @returns {string[]} itself and what it inherits from
 */
function withParents(release, module) {
  if (module === undefined || release.modules[module] === undefined) return [];
  return [module, ...withParents(release, parentOf(release, module))];
}

/**
 * @param {Release} release
 * @param {string[]} needed
 * @returns {Release}
 */
function slice(release, needed) {
  const names = new Set(needed.flatMap(module => withParents(release, module)));
  const modules = Object.fromEntries(Object.entries(release.modules).filter(([name]) => names.has(name)));
  return { version: release.version, modules, events: release.events };
}

/** One line per module and event: differences between releases can be read. @param {Release} release */
function format({ version, modules, events }) {
  const lines = (/** @type {object} */ table) =>
    Object.entries(table)
      .map(([name, value]) => `    ${JSON.stringify(name)}: ${JSON.stringify(value)}`)
      .join(",\n");
  return `{\n  "version": "${version}",\n  "modules": {\n${lines(modules)}\n  },\n  "events": {\n${lines(events)}\n  }\n}\n`;
}

const source = process.argv[2];
if (source === undefined) throw new Error("which folder holds the data? node scripts/slice-koreader-api.mjs FOLDER");
const declared = readDeclarations("types").modules.map(({ name }) => SAME_AS.get(name) ?? name);
fs.mkdirSync(TARGET, { recursive: true });
for (const release of loadReleases(source)) {
  const file = path.join(TARGET, `${release.version}.json`);
  fs.writeFileSync(file, format(slice(release, [...declared, ...[...CLASSES.values()].flat()])));
}
