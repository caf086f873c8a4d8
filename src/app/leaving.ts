import { endAll } from "../guard";
import { removeEverything } from "../koreader/leftovers";
import { finish } from "./keep";
import type { Ribbon } from "./start";

export { removeEverything };

/** The plugin's table, which KOReader keeps until it starts again. */
type Plugin = object;

/**
 * The reader switched Ribbon off: what was read so far is kept, nothing goes on. KOReader asks for a restart, which the reader
 * may put off: until then it sends the plugin nothing, and makes instances that do nothing.
 */
export function switchOff(plugin: Plugin, { runtime, stop }: Ribbon): void {
  const { reading } = runtime;
  if (!hasHandlers(plugin)) return;
  pcall(() => {
    if (reading !== undefined) finish(runtime, reading);
  });
  pcall(() => {
    stop();
  });
  endAll();
  takeHandlersAway(plugin);
}

/**
 * The same, and all that Ribbon wrote on this device goes: the next start is a first one. KOReader's plugin manager may have removed
 * the plugin's folder before: whatever this needs is loaded already, or done without.
 */
export function leave(plugin: Plugin, ribbon: Ribbon): void {
  switchOff(plugin, ribbon);
  removeEverything();
}

function hasHandlers(plugin: Plugin): boolean {
  return (plugin as LuaTable<string, unknown>).has("onPageUpdate");
}

function takeHandlersAway(plugin: Plugin): void {
  const members = plugin as LuaTable<string, unknown>;
  const names: string[] = [];
  for (const [name] of pairs(members)) if (string.sub(name, 1, 2) === "on") names.push(name);
  for (const name of names) members.delete(name);
  for (const name of ["init", "addToMainMenu"]) members.set(name, () => {});
}
