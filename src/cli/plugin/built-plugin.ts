import { execFile } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { RELEASE_FILE } from "../../core/release";
import { type BuiltPlugin, readBuilt } from "../../shelf/plugin/built";

/** The checkout that this program stands in. */
export const ROOT = fileURLToPath(new URL("../../../", import.meta.url));

/** What the plugin is made of; what only the server and the commands are made of does not count. */
const SOURCES = ["src", "scripts", "po", "types", "package.json", "tsconfig.lua.json", "LICENSE", "CHANGELOG.md"];
const NOT_OF_THE_PLUGIN = ["src/cli", "src/shelf"];

export interface BuiltIn {
  /** The plugin's folder. */
  readonly folder: string;
  readonly plugin: BuiltPlugin;
}

/**
 * The plugin as it was built last; built first when it is absent, damaged, or older than what it is made of.
 * @param tell gets a line when it takes time
 * @throws when it cannot be built, saying what is missing or wrong
 */
export async function builtPlugin(tell: (line: string) => void = console.error, root = ROOT): Promise<BuiltIn> {
  const folder = path.join(root, "koplugin/ribbon.koplugin");
  if (whyToBuild(folder, root) !== undefined) {
    requireCompiler(root);
    tell("Building the plugin …");
    await build(root);
  }
  const built = readBuilt(folder);
  if (!built.ok) throw new Error(`the build left no whole plugin in ${folder}`);
  return { folder, plugin: built.value };
}

export type WhyToBuild = "absent" | "damaged" | "old";

/** Why the plugin has to be built; nothing when it is whole and newer than all it is made of. */
export function whyToBuild(folder: string, root = ROOT): WhyToBuild | undefined {
  const built = readBuilt(folder);
  if (!built.ok) return built.failure.kind;
  return fs.statSync(path.join(folder, RELEASE_FILE)).mtimeMs < newestSource(root) ? "old" : undefined;
}

/** When anything was last changed that the plugin is made of, in ms since 1970. A removed file changes its folder. */
function newestSource(root: string): number {
  const times = SOURCES.flatMap(name => timesBelow(root, name));
  return Math.max(0, ...times);
}

function timesBelow(root: string, name: string): number[] {
  const found = fs.statSync(path.join(root, name), { throwIfNoEntry: false });
  if (found === undefined || NOT_OF_THE_PLUGIN.includes(name)) return [];
  if (!found.isDirectory()) return [found.mtimeMs];
  const below = fs.readdirSync(path.join(root, name)).flatMap(each => timesBelow(root, `${name}/${each}`));
  return [found.mtimeMs, ...below];
}

/** A server may have been installed without what only a build needs. */
function requireCompiler(root: string): void {
  if (fs.existsSync(path.join(root, "node_modules/typescript-to-lua"))) return;
  throw new Error(`the plugin cannot be built, its compiler is not installed: run npm ci in ${root}`);
}

/** In a process of its own: it reads and writes below the folder that it runs in, and takes much memory. */
async function build(root: string): Promise<void> {
  try {
    await promisify(execFile)(process.execPath, ["scripts/build.mjs"], { cwd: root, maxBuffer: 64 * 1024 * 1024 });
  } catch (error) {
    const { stderr = "", message } = error as Error & { stderr?: string };
    throw new Error(`the plugin cannot be built:\n${stderr.trim() === "" ? message : stderr.trim()}`, { cause: error });
  }
}
