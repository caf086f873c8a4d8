// @ts-check
// Packs the modules that TypeScriptToLua emitted into the files that go onto a device: the bundle that every start needs,
// and the files of what loads on first use (packs.mjs). Each gets an indexed source map.
import fs from "node:fs";
import path from "node:path";
import { dependenciesOf, exportsOf, featuresIn, featureSource, isFeature, LUALIB, lualibSource } from "./lualib.mjs";
import { fileOf, fileOfPart } from "./packs.mjs";

/**
 * @typedef {{ name: string, source: string, map: object, requires: string[] }} Module
 * @typedef {{ file: string, text: string, map: object }} Packed
 * @typedef {{ file: string, modules: Module[] }} PackPlan
 */

const PRELUDE = fs.readFileSync(new URL("bundle-prelude.lua", import.meta.url), "utf8");
const EMPTY_MAP = { version: 3, sources: [], names: [], mappings: "" };

/** The names of the parts' entry modules, from the table in src/parts.ts. */
export function partEntries() {
  const table = fs.readFileSync("src/parts.ts", "utf8");
  return [...table.matchAll(/typeof import\("\.\/([^"]+)"\)/g)].map(([, entry = ""]) => entry);
}

/** @param {string} entry as in src/parts.ts: "ui/menu" */
const moduleName = entry => `src.${entry.replaceAll("/", ".")}`;

/** @param {string} module "src.ui.menu" @returns "ui/menu"; the name of a function of the library as it is */
const sourceName = module => (isFeature(module) ? module : module.replace(/^src\./, "").replaceAll(".", "/"));

/**
 * @param {string} folder where the modules were emitted
 * @param {string} name
 * @returns {Module}
 */
function readModule(folder, name) {
  if (isFeature(name))
    return { name, source: withoutComments(featureSource(name)), map: EMPTY_MAP, requires: dependenciesOf(name) };
  const file = path.join(folder, `${name.replaceAll(".", "/")}.lua`);
  const source = withoutComments(fs.readFileSync(file, "utf8"));
  const requires = [...source.matchAll(/\brequire\("(src\.[^"]*)"\)/g)].map(([, found = ""]) => found);
  const map = JSON.parse(fs.readFileSync(`${file}.map`, "utf8"));
  return { name, source, map, requires: [...requires, ...featuresIn(source)] };
}

/** An e-reader needs no comments. Lines stay where they were; no literal of the compiler's goes over more than one. */
const withoutComments = (/** @type {string} */ source) => source.replace(/^[ \t]*--.*$/gm, "");

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
 * The files of the modules that parts need and a start does not.
 * @param {{ entry: string, modules: Module[] }[]} parts
 * @returns {PackPlan[]}
 */
function packsOf(parts) {
  /** @type {Map<string, PackPlan>} */
  const packs = new Map();
  for (const module of new Map(parts.flatMap(({ modules }) => modules.map(each => [each.name, each]))).values()) {
    const users = parts.filter(({ modules }) => modules.some(({ name }) => name === module.name));
    const own = users.find(({ entry }) => moduleName(entry) === module.name);
    const files = (own === undefined ? users : [own]).map(({ entry }) => fileOfPart(entry));
    const file = fileOf(sourceName(module.name), files);
    const pack = packs.get(file) ?? { file, modules: [] };
    pack.modules.push(module);
    packs.set(file, pack);
  }
  return [...packs.values()];
}

/**
 * Sorts the modules into files.
 * @param {string} folder where the modules were emitted
 */
export function planPacks(folder) {
  const start = closure(folder, "src.main");
  const parts = partEntries().map(entry => ({
    entry,
    modules: [...closure(folder, moduleName(entry)).values()].filter(({ name }) => !start.has(name)),
  }));
  const lualib = lualibSource([...start.keys()].filter(isFeature));
  /** @type {Module} */
  const library = { name: LUALIB, source: withoutComments(lualib), map: EMPTY_MAP, requires: [] };
  return {
    start: [...[...start.values()].filter(({ name }) => !isFeature(name)), library],
    parts: packsOf(parts),
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
  const entries = new Set(partEntries().map(moduleName));
  for (const { file, modules } of parts)
    for (const { name } of modules) if (entries.has(name)) text.add(`packs["${name}"] = "${file}"`);
  for (const module of start) text.define(module, "modules");
  text.add('local plugin = require("src.main")');
  // For the bootstrap, of a start that is not like any other.
  text.add('return plugin, function(active) require("src.app.launch").launched(plugin, active) end');
  return text.finish("ribbon.lua");
}

/**
 * A file that says where the library's functions in it are, and in which other files the modules are that its own call:
 * those are read when a module that calls them runs, and not before.
 * @param {PackPlan} plan @param {readonly PackPlan[]} all
 */
export function packPart({ file, modules }, all) {
  const text = new PackedText();
  text.add("local require, modules, packs, places, open = ...");
  const fileWith = new Map(all.flatMap(each => each.modules.map(({ name }) => [name, each.file])));
  const called = [...new Set(modules.flatMap(({ requires }) => requires))].filter(name => {
    const where = fileWith.get(name);
    return where !== undefined && where !== file;
  });
  for (const { name } of modules) for (const own of exportsOf(name)) text.add(`places["${own}"] = "${name}"`);
  for (const library of new Set(called.filter(isFeature).map(name => fileWith.get(name))))
    text.add(`open("${library}")`);
  for (const name of called.filter(name => !isFeature(name))) text.add(`packs["${name}"] = "${fileWith.get(name)}"`);
  for (const module of modules) text.define(module, "modules");
  return text.finish(`${file}.lua`);
}
