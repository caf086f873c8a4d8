// What a KOReader finds in its scratch home: settings, the plugin, a few books.
import fs from "node:fs";
import path from "node:path";
import type { Home } from "./home";

/**
 * Writes settings of KOReader's (`settings.reader.lua`) into a home and leaves the others: no first-run guide, no question
 * about colours, the file browser on the books.
 * @param language as KOReader names it; without one the home keeps its own
 */
export function writeReaderSettings(home: Home, language?: string): void {
  const file = path.join(home.folder, "settings.reader.lua");
  const settings: Record<string, string> = {
    color_rendering: "true",
    // ui/quickstart.lua shows the guide below a version of its own, so far 2021070000.
    quickstart_shown_version: "999999999999",
    home_dir: luaText(home.books),
    ...(language === undefined ? {} : { language: luaText(language) }),
  };
  const before = fs.existsSync(file) ? fs.readFileSync(file, "utf8") : "return {\n}\n";
  fs.writeFileSync(file, withSettings(before, settings));
}

const luaText = (text: string): string => `"${text.replaceAll(/["\\]/g, "\\$&")}"`;

/** KOReader writes one setting a line, four spaces in. */
function withSettings(text: string, settings: Readonly<Record<string, string>>): string {
  const isOther = (line: string) => !Object.keys(settings).some(name => line.startsWith(`    ["${name}"] = `));
  const lines = Object.entries(settings).map(([name, value]) => `    ["${name}"] = ${value},`);
  const others = text.split("\n").filter(isOther).join("\n");
  return others.replace(/^return \{$/m, () => ["return {", ...lines].join("\n"));
}

/**
 * Puts a built plugin into a home, in place of the one there.
 * @param baked the content of `baked.json`; without one the plugin comes without a connection
 */
export function installPlugin(home: Home, built: string, baked?: string): void {
  fs.rmSync(home.pluginDir, { recursive: true, force: true });
  fs.mkdirSync(path.dirname(home.pluginDir), { recursive: true });
  fs.cpSync(built, home.pluginDir, { recursive: true });
  if (baked !== undefined) fs.writeFileSync(path.join(home.pluginDir, "baked.json"), baked);
}

const MOST_BOOKS = 3;
const BIGGEST_BOOK = 50_000_000;

/** Copies a few EPUBs of a library onto the device, once. */
export function copyBooks(home: Home, library: string): void {
  if (fs.readdirSync(home.books).length > 0) return;
  const files = fs.readdirSync(library, { recursive: true, encoding: "utf8" }).sort();
  const isFit = (file: string) => /\.epub$/i.test(file) && fs.statSync(path.join(library, file)).size <= BIGGEST_BOOK;
  for (const file of files.filter(isFit).slice(0, MOST_BOOKS))
    fs.copyFileSync(path.join(library, file), path.join(home.books, path.basename(file)));
}
