// @ts-check
// Packs the modules that TypeScriptToLua emitted into the files that go onto a device: the bundle that every start needs,
// one file for each part that loads on first use, and one for what several parts share. Each gets an indexed source map.
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { dependenciesOf, exportsOf, featuresIn, featureSource, isFeature, LUALIB, lualibSource } from "./lualib.mjs";

/**
 * @typedef {{ name: string, source: string, map: object, requires: string[] }} Module
 * @typedef {{ file: string, text: string, map: object }} Packed
 * @typedef {{ file: string, users: string[], modules: Module[], opens: string[] }} PackPlan
 */

const PRELUDE = fs.readFileSync(new URL("bundle-prelude.lua", import.meta.url), "utf8");
const EMPTY_MAP = { version: 3, sources: [], names: [], mappings: "" };
/** Of a file that parts share, without its ending. */
const LONGEST_NAME = 60;

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
 * The name of the file that some parts share: theirs, while that is a name that people read and a memory card takes.
 * @param {readonly string[]} users
 */
function fileOf(users) {
  const names = users.join("+");
  if (names.length <= LONGEST_NAME) return names;
  return `shared-${createHash("sha256").update(names).digest("hex").slice(0, 8)}`;
}

/**
 * The files of the modules that parts need and a start does not. What several parts need stands in a file of its own with
 * all that just these need: no part pulls in another, nor what others share.
 * @param {{ part: string, modules: Module[] }[]} parts
 * @returns {PackPlan[]}
 */
function packsOf(parts) {
  /** @type {Map<string, PackPlan>} */
  const packs = new Map();
  for (const module of new Map(parts.flatMap(({ modules }) => modules.map(each => [each.name, each]))).values()) {
    const users = parts
      .filter(({ modules }) => modules.some(({ name }) => name === module.name))
      .map(({ part }) => part);
    const file = fileOf(users);
    const pack = packs.get(file) ?? { file, users, modules: [], opens: [] };
    pack.modules.push(module);
    packs.set(file, pack);
  }
  for (const pack of packs.values())
    pack.opens = [...packs.values()]
      .filter(({ file, users }) => file !== pack.file && users.includes(pack.file))
      .map(({ file }) => file);
  return [...packs.values()];
}

/**
 * Sorts the modules into files.
 * @param {string} folder where the modules were emitted
 */
export function planPacks(folder) {
  const start = closure(folder, "src.main");
  const parts = partEntries().map(entry => ({
    part: path.basename(entry),
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
 * A file that says where the library's functions in it are, and opens those that it shares before it defines its own.
 * @param {PackPlan} plan
 */
export function packPart({ file, users, modules, opens }) {
  const text = new PackedText();
  text.add(`-- of ${users.join(", ")}`);
  text.add("local require, modules, places, open = ...");
  const own = new Set(modules.map(({ name }) => name));
  for (const name of own) for (const called of exportsOf(name)) text.add(`places["${called}"] = "${name}"`);
  for (const shared of opens) text.add(`open("${shared}")`);
  for (const module of modules) text.define(module, "modules");
  return text.finish(`${file}.lua`);
}
