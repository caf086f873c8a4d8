import { strToU8, zipSync, type Zippable } from "fflate";
import { RELEASE_FILE } from "../../core/release";
import type { BuiltPlugin } from "./built";

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

/**
 * Nothing of the machine that packs goes into the ZIP. The time is the earliest that a ZIP can say, in its own terms, which
 * know no time zone; `-rw-r--r--` of a Unix is what unpackers that look at permissions shall make of it.
 */
const SAME_EVERYWHERE = { mtime: new Date(1980, 0, 1), os: 3, attrs: 0o100644 << 16, level: 9 } as const;

/**
 * The plugin as a ZIP with `ribbon.koplugin/` at the top, ready for KOReader's plugin folder, byte for byte the same for the
 * same plugin and connection. The connection stands in `baked.json`: data, which the plugin reads and never runs.
 */
export function pluginZip(plugin: BuiltPlugin, baked?: BakedConnection): Uint8Array {
  const contents = pluginContents(plugin, baked);
  const zip: Zippable = {};
  for (const name of [...contents.keys()].sort()) zip[`${FOLDER}/${name}`] = contents.get(name) ?? new Uint8Array();
  return zipSync(zip, SAME_EVERYWHERE);
}

/** What is in the plugin's folder on a device, by name. */
export function pluginContents({ files, manifest }: BuiltPlugin, baked?: BakedConnection): Map<string, Uint8Array> {
  const contents = new Map<string, Uint8Array>([...files, [RELEASE_FILE, manifest]]);
  if (baked !== undefined) contents.set("baked.json", strToU8(bakedText(baked)));
  return contents;
}

/**
 * The name of the ZIP. One that holds a key says so, lest it be passed on.
 * @param isPersonal whether a connection is in it
 */
export function zipName(version: string, isPersonal: boolean): string {
  return `ribbon.koplugin-${version}${isPersonal ? "-with-key" : ""}.zip`;
}

/** What stands in `baked.json`. */
export function bakedText(baked: BakedConnection): string {
  return `${JSON.stringify({ version: 1, kind: "tome", ...baked })}\n`;
}
