// @ts-check
// The functions that TypeScriptToLua's output calls: those that a start needs as one module, every other by itself, so that
// it loads with the first part that calls it.
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

/** @typedef {Record<string, { exports: string[], dependencies?: string[] }>} Features */

export const LUALIB = "lualib_bundle";

const FOLDER = path.join(path.dirname(createRequire(import.meta.url).resolve("typescript-to-lua")), "lualib/universal");
const PREFIX = "lualib.";

/** @type {Features} */
const FEATURES = JSON.parse(fs.readFileSync(path.join(FOLDER, "lualib_module_info.json"), "utf8"));
const FEATURE_OF = new Map(
  Object.entries(FEATURES).flatMap(([feature, { exports }]) => exports.map(name => [name, feature])),
);

/** @param {string} module */
export const isFeature = module => module.startsWith(PREFIX);

/** The modules of the functions that a module calls. @param {string} source as TypeScriptToLua emitted it */
export function featuresIn(source) {
  const names = [...source.matchAll(/^local (\w+) = ____lualib\.\1$/gm)].map(([, name = ""]) => name);
  return [...new Set(names.map(name => PREFIX + FEATURE_OF.get(name)))];
}

/** @param {string} module "lualib.Map" */
const featureOf = module => FEATURES[module.slice(PREFIX.length)] ?? { exports: [] };

/** @param {string} module */
export const dependenciesOf = module =>
  (featureOf(module).dependencies ?? []).map(name => PREFIX + name).filter(name => name !== module);

/** The functions that a module of the library gives; none for a module of ours. @param {string} module */
export const exportsOf = module => (isFeature(module) ? featureOf(module).exports : []);

/** @param {string} module */
const bodyOf = module => fs.readFileSync(path.join(FOLDER, `${module.slice(PREFIX.length)}.lua`), "utf8").trimEnd();

/** @param {string} module */
export function featureSource(module) {
  const needed = dependenciesOf(module).flatMap(name => featureOf(name).exports);
  const { exports } = featureOf(module);
  return [
    `local ____lualib = require("${LUALIB}")`,
    ...needed.map(name => `local ${name} = ____lualib.${name}`),
    bodyOf(module),
    `return { ${exports.map(name => `${name} = ${name}`).join(", ")} }`,
    "",
  ].join("\n");
}

/**
 * The module that all others call, with what stands elsewhere found when it is asked for: the bundle's `places` know where.
 * @param {readonly string[]} here modules that no start is without
 */
export function lualibSource(here) {
  /** @type {Set<string>} */
  const ordered = new Set();
  /** @param {string} module */
  const add = module => {
    dependenciesOf(module).forEach(add);
    ordered.add(module);
  };
  here.forEach(add);
  const exports = [...ordered].flatMap(module => featureOf(module).exports);
  return [
    ...[...ordered].map(bodyOf),
    `return setmetatable({ ${exports.map(name => `${name} = ${name}`).join(", ")} }, {`,
    "    __index = function(_, name) return places[name] and require(places[name])[name] end,",
    "})",
    "",
  ].join("\n");
}
