/**
 * Becomes main.lua. KOReader skips a plugin whose main.lua fails, so only this file, which hardly ever changes, can notice
 * that a bundle is broken and load the one before it.
 */
import logger = require("logger");

type Bundle = (this: void, folder: string) => object;

/** The folder of this file, with a slash at its end. */
function ownFolder(): string {
  const [folder] = string.match(debug.getinfo(1, "S")?.source ?? "", "^@(.*/)");
  return folder ?? "./";
}

/** The plugin of one folder; nothing when it does not load, with the reason in the log. */
function load(folder: string): object | undefined {
  const [bundle, problem] = loadfile(`${folder}ribbon.lua`);
  if (bundle === undefined) {
    logger.warn("Ribbon: cannot load", folder, problem);
    return undefined;
  }
  const [worked, plugin] = pcall(bundle as unknown as Bundle, folder);
  if (worked && type(plugin) === "table") return plugin as object;
  logger.warn("Ribbon: broken bundle in", folder, plugin);
  return undefined;
}

const folder = ownFolder();

// A bundle brings its own parts, so the one before this lives in a folder of its own.
export = load(folder) ?? load(`${folder}previous/`) ?? { disabled: true };
