// @ts-check
// Packs the modules that TypeScriptToLua emitted into the files that go onto a device: the bundle that every start needs,
// and one file for each part that loads on first use. Each file gets an indexed source map.
import fs from "node:fs";
import path from "node:path";

/**
 * @typedef {{ name: string, source: string, map: object, requires: string[] }} Module
 * @typedef {{ file: string, text: string, map: object }} Packed
 */

const PRELUDE = fs.readFileSync(new URL("bundle-prelude.lua", import.meta.url), "utf8");
const LUALIB = "lualib_bundle";
const EMPTY_MAP = { version: 3, sources: [], names: [], mappings: "" };

/** The names of the parts' entry modules, from the table in src/parts.ts. */
export function partEntries() {
  const table = fs.readFileSync("src/parts.ts", "utf8");
  return [...table.matchAll(/typeof import\("\.\/([^"]+)"\)/g)].map(([, entry = ""]) => entry);
}

/** @param {string} entry as in src/parts.ts: "ui/menu" */
const moduleName = entry => `src.${entry.replaceAll("/", ".")}`;

/**
 * @param {string} folder where the modules were emitted
 * @param {string} name
 * @returns {Module}
 */
function readModule(folder, name) {
  const file = path.join(folder, `${name.replaceAll(".", "/")}.lua`);
  const source = fs.readFileSync(file, "utf8").replace(/\n--# sourceMappingURL=.*\n?$/, "\n");
  const map = fs.existsSync(`${file}.map`) ? JSON.parse(fs.readFileSync(`${file}.map`, "utf8")) : EMPTY_MAP;
  const requires = [...source.matchAll(/\brequire\("((?:src\.|lualib_bundle)[^"]*)"\)/g)].map(
    ([, found = ""]) => found,
  );
  return { name, source, map, requires };
}

/**
 * Every module that an entry needs, itself included, in an order that does not depend on anything but the imports.
 * @param {string} folder
 * @param {string} entry
 * @param {Map<string, Module>} [found]
 */
function closure(folder, entry, found = new Map()) {
  if (found.has(entry)) return found;
  const module = readModule(folder, entry);
  found.set(entry, module);
  for (const name of module.requires) closure(folder, name, found);
  return found;
}

/**
 * Sorts the modules into files. What two parts need stands in the bundle, so that no part pulls in another.
 * @param {string} folder
 */
export function planPacks(folder) {
  const start = closure(folder, "src.main");
  const parts = partEntries().map(entry => ({ entry, modules: closure(folder, moduleName(entry)) }));
  for (const { entry, modules } of parts) {
    for (const [name, module] of modules) {
      const isShared = name === LUALIB || parts.some(other => other.entry !== entry && other.modules.has(name));
      if (isShared) start.set(name, module);
    }
  }
  return {
    start: [...start.values()],
    parts: parts.map(({ entry, modules }) => ({
      file: path.basename(entry),
      modules: [...modules.values()].filter(({ name }) => !start.has(name)),
    })),
  };
}

/** Joins pieces of Lua and remembers which lines came from which module. */
class PackedText {
  /** @type {string[]} */
  lines = [];
  /** @type {{ offset: { line: number, column: number }, map: object }[]} */
  sections = [];

  /** @param {string} text */
  add(text) {
    this.lines.push(...text.replace(/\n$/, "").split("\n"));
  }

  /** @param {Module} module @param {string} table */
  define(module, table) {
    this.add(`${table}["${module.name}"] = function(...)`);
    this.sections.push({ offset: { line: this.lines.length, column: 0 }, map: module.map });
    this.add(module.source);
    this.add("end");
  }

  /** @param {string} file @returns {Packed} */
  finish(file) {
    return { file, text: `${this.lines.join("\n")}\n`, map: { version: 3, file, sections: this.sections } };
  }
}

/** @param {ReturnType<typeof planPacks>} plan */
export function packBundle({ start, parts }) {
  const text = new PackedText();
  text.add(PRELUDE);
  for (const { file, modules } of parts) for (const { name } of modules) text.add(`packs["${name}"] = "${file}"`);
  for (const module of start) text.define(module, "modules");
  text.add('return require("src.main")');
  return text.finish("ribbon.lua");
}

/** @param {{ file: string, modules: Module[] }} part */
export function packPart({ file, modules }) {
  const text = new PackedText();
  text.add("local require = ...\nlocal modules = {}");
  for (const module of modules) text.define(module, "modules");
  text.add("return modules");
  return text.finish(`${file}.lua`);
}
