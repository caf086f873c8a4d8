import PluginLoader = require("pluginloader");

interface Deletable {
  deletePluginSettings(): void;
}

/** What KOReader's plugin manager calls (v2026.07), also where it does not yet: one way for both. */
export function deleteOwnData(): void {
  (PluginLoader.getPluginInstance("ribbon") as Deletable | undefined)?.deletePluginSettings();
}

type Handler = (this: unknown, ...args: unknown[]) => unknown;

/**
 * Puts something around handlers of ours. KOReader has made a table of each that can be called and guards it (v2025.10), or a
 * function: either is called as it is.
 * @param around has to call `run` once
 */
export function aroundHandlers(
  names: readonly string[],
  around: (this: void, name: string, run: () => void) => void,
): void {
  const instance = PluginLoader.getPluginInstance("ribbon");
  const plugin = (getmetatable(instance) as { __index?: Record<string, Handler> } | undefined)?.__index;
  if (plugin === undefined) return;
  for (const name of names) {
    const handler = plugin[name];
    if (handler === undefined) continue;
    plugin[name] = function (this: unknown, ...args: unknown[]) {
      let result: unknown;
      around(name, () => {
        result = handler.call(this, ...args);
      });
      return result;
    };
  }
}
