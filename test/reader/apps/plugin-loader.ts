/** Loads the plugins of the folder `plugins/`, as KOReader does it once in a process. */
import lfs = require("lfs");
import { sortBy } from "../data/order";
import type { Handler } from "../loop/events";
import { startHold } from "../system/journal";
import { logger } from "../system/logger";
import { isFile, isFolder } from "../system/paths";

interface PluginClass {
  name: string;
  path: string;
  is_doc_only?: boolean;
  disabled?: boolean;
  "new"(attributes: object): object;
}

type Members = Record<string, unknown>;

/** Lua's `package`, a word that TypeScript reserves. */
const paths = _G.package;

const FOLDER = "plugins";
const SUFFIX = ".koplugin";

/** Whose rules: today's, or those of the oldest release that Ribbon supports. */
export type LoaderRules = "v2024.07" | "today";

let rules: LoaderRules = "today";
let plugins: PluginClass[] | undefined;

export function chooseLoader(chosen: LoaderRules): void {
  rules = chosen;
}

const instances = new Map<string, object>();

/** A handler that reports its errors and answers false: since v2025.10 a table that can be called. */
function sandbox(plugin: PluginClass, name: string, handler: Handler): object {
  const place = `${plugin.name}:${name}`;
  function call(this: object, self: object, ...args: unknown[]): unknown {
    const stop = startHold(name);
    const [ok, result] = xpcall(handler, debug.traceback, self, ...args);
    stop();
    if (!ok) logger.err(`An error occurred while executing handler ${place}:\n`, result);
    return ok ? result : false;
  }
  return setmetatable({ context: plugin, fname: name, f: handler }, { __call: call });
}

/** The same before v2025.10: a function, and no trace. */
function wrapped(name: string, handler: Handler): Handler {
  return function (this: void, self: object, ...args: unknown[]): unknown {
    const stop = startHold(name);
    const [ok, result] = pcall(handler, self, ...args);
    stop();
    if (!ok) logger.err("failed to call event handler", name, result);
    return ok ? result : false;
  } as unknown as Handler;
}

function sandboxHandlers(plugin: PluginClass): void {
  const members = plugin as unknown as Members;
  for (const [name, member] of Object.entries(members)) {
    if (string.sub(name, 1, 2) === "on" && type(member) === "function") {
      const handler = member as Handler;
      members[name] = rules === "today" ? sandbox(plugin, name, handler) : wrapped(name, handler);
    }
  }
}

/** Runs a piece of the plugin that KOReader guards: whether it worked, and its result or the error. */
function guarded(what: string, piece: () => unknown): LuaMultiReturn<[boolean, unknown]> {
  const stop = startHold(what);
  const [ok, result] = xpcall(piece, debug.traceback);
  stop();
  return $multi(ok, result);
}

/** What `_meta.lua` says becomes part of the plugin, since v2026.07 except a name. */
function mergeMeta(plugin: PluginClass): void {
  const [ok, meta] = pcall(() => dofile(`${plugin.path}/_meta.lua`) as unknown);
  if (!ok || type(meta) !== "table") return;
  for (const [key, value] of Object.entries(meta as Record<string, unknown>)) {
    if (key !== "name" || rules !== "today") (plugin as unknown as Members)[key] = value;
    else logger.warn("PluginLoader:", plugin.name, "name in _meta.lua, is deprecated and will be ignored.");
  }
}

function load(path: string): PluginClass | undefined {
  const main = `${path}/main.lua`;
  const [ok, plugin] = guarded(`load ${path}`, () => dofile(main) as unknown);
  if (!ok || type(plugin) !== "table") {
    logger.err("Error when loading", main, plugin);
    return undefined;
  }
  return (plugin as PluginClass).disabled === true ? undefined : (plugin as PluginClass);
}

/** While it loads, a plugin's own folder comes first on the path. */
function loadOne(name: string): PluginClass | undefined {
  const { path: pathBefore, cpath: cpathBefore } = paths;
  const folder = `${FOLDER}/${name}${SUFFIX}`;
  paths.path = `${folder}/?.lua;${pathBefore}`;
  paths.cpath = `${folder}/lib/?.so;${cpathBefore}`;
  const plugin = load(folder);
  if (plugin !== undefined) finish(plugin, folder, name);
  paths.path = pathBefore;
  paths.cpath = cpathBefore;
  return plugin;
}

function finish(plugin: PluginClass, folder: string, name: string): void {
  plugin.path = folder;
  const { name: own } = plugin as Partial<PluginClass>;
  plugin.name = rules === "today" ? name : (own ?? name);
  mergeMeta(plugin);
  sandboxHandlers(plugin);
}

function pluginNames(): string[] {
  const names: string[] = [];
  const disabled = G_reader_settings.readSetting("plugins_disabled", {}) as Record<string, boolean>;
  for (const entry of lfs.dir(FOLDER)) {
    const name = string.sub(entry, 1, -string.len(SUFFIX) - 1);
    const isPlugin = string.sub(entry, -string.len(SUFFIX)) === SUFFIX && isFolder(`${FOLDER}/${entry}`);
    if (isPlugin && disabled[name] !== true && isFile(`${FOLDER}/${entry}/main.lua`)) names.push(name);
  }
  return sortBy(names, (a, b) => a < b);
}

export function loadPlugins(): readonly PluginClass[] {
  if (plugins !== undefined) return plugins;
  plugins = pluginNames().flatMap(name => {
    const plugin = loadOne(name);
    return plugin === undefined ? [] : [plugin];
  });
  for (const plugin of plugins) {
    paths.path = `${paths.path};${plugin.path}/?.lua`;
    paths.cpath = `${paths.cpath};${plugin.path}/lib/?.so`;
  }
  return plugins;
}

export function createInstance(plugin: PluginClass, attributes: object): object | undefined {
  const [ok, instance] = guarded(`init ${plugin.name}`, () => plugin.new(attributes));
  if (ok) {
    instances.set(plugin.name, instance as object);
    return instance as object;
  }
  logger.err("Failed to initialize", plugin.name, "plugin:", instance);
  return undefined;
}

/** The first thing that a closing browser or book does. */
export function forgetInstances(): void {
  instances.clear();
}

export const pluginLoader: KOReader.PluginLoader = {
  getPluginInstance: name => instances.get(name),
};
