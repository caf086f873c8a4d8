// @ts-check
// Turns the positions in a crash.log into TypeScript's: npm run trace < crash.log
// The log must come from the build whose maps are read; a release's maps can be given: npm run trace -- MAPS < crash.log
import fs from "node:fs";
import path from "node:path";
import { text } from "node:stream/consumers";
import { pathToFileURL } from "node:url";
import { locator, rewrite } from "./source-maps.mjs";

/**
 * Only what lies in the plugin's own folder, because KOReader has a menu.lua too; or in that of an update, whose path may be cut
 * at its beginning.
 */
const OWN_FILE = /(?:(?:^|[/.])ribbon\.koplugin\/|^\.\.\.[a-z.]*\/(?=updates\/))(?:updates\/([^/]+)\/)?([\w+-]+\.lua)$/;

/** @param {string} plugin whose version that is; nothing where it does not say */
function versionOf(plugin) {
  const file = path.join(plugin, "release.json");
  return fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, "utf8")).version : undefined;
}

/**
 * @param {string} log
 * @param {{ maps?: string, plugin?: string }} [folders]
 */
export function trace(log, { maps = "build/maps", plugin = "koplugin/ribbon.koplugin" } = {}) {
  const version = versionOf(plugin);
  const locate = locator(file => {
    const [, update, name] = OWN_FILE.exec(file) ?? [];
    // Another version has other lines.
    if (name === undefined || (update !== undefined && update !== version)) return undefined;
    const map = path.join(maps, `${name}.map`);
    return fs.existsSync(map) ? { lua: path.join(plugin, name), map } : undefined;
  });
  return rewrite(log, locate);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const maps = process.argv[2] ?? "build/maps";
  if (!fs.existsSync(maps)) {
    console.error(`There are no source maps in ${maps}: npm run build makes them.`);
    process.exit(1);
  }
  process.stdout.write(trace(await text(process.stdin), { maps }));
}
