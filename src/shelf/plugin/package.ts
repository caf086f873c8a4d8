import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { strToU8, zipSync, type Zippable } from "fflate";

/** Where the build leaves the plugin. */
export const PLUGIN_DIR = fileURLToPath(new URL("../../../koplugin/ribbon.koplugin/", import.meta.url));

const FOLDER = "ribbon.koplugin";

/** What a plugin finds at its first start and connects with, so that nothing needs to be typed. */
export interface BakedConnection {
  /** Tells one package from the next: each is taken up once. */
  readonly id: string;
  readonly name: string;
  /** Without a slash at the end. */
  readonly url: string;
  /** A plugin key of its own. */
  readonly key: string;
}

/** Whether there is a plugin to hand out. */
export function isPluginBuilt(dir: string): boolean {
  return existsSync(join(dir, "ribbon.lua"));
}

/**
 * The plugin as a ZIP with `ribbon.koplugin/` at the top, ready for KOReader's plugin folder. The connection stands in
 * `baked.json`: data, which the plugin reads and never runs. Throws when the plugin was not built.
 */
export function pluginZip(dir: string, baked: BakedConnection): Uint8Array {
  const files: Zippable = {};
  for (const file of readdirSync(dir)) files[`${FOLDER}/${file}`] = readFileSync(join(dir, file));
  const content = { version: 1, kind: "tome", ...baked };
  files[`${FOLDER}/baked.json`] = strToU8(`${JSON.stringify(content)}\n`);
  return zipSync(files);
}
