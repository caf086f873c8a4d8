import { createHash } from "node:crypto";
import { type BuiltPlugin, readBuilt, sha256Of } from "../../shelf/plugin/built";
import { type BakedConnection, pluginContents } from "../../shelf/plugin/package";
import { DeployProblem } from "./problem";

export interface PayloadFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly sha256: string;
  readonly md5: string;
}

/** What is copied: the plugin's folder as it was built, in memory (about a megabyte), and perhaps a connection. */
export interface Payload {
  readonly version: string;
  readonly files: readonly PayloadFile[];
  readonly bytes: number;
}

export function payloadOf(plugin: BuiltPlugin, baked?: BakedConnection): Payload {
  const files = [...pluginContents(plugin, baked)].map(([name, bytes]) => {
    const md5 = createHash("md5").update(bytes).digest("hex");
    return { name, bytes, sha256: sha256Of(bytes), md5 };
  });
  const { version } = plugin.release;
  return { version, files, bytes: files.reduce((total, { bytes }) => total + bytes.length, 0) };
}

/** A plugin that was built or unpacked somewhere. Throws a DeployProblem when it is none, or not as its list of files says. */
export function readPlugin(folder: string): BuiltPlugin {
  const built = readBuilt(folder);
  if (built.ok) return built.value;
  const { failure } = built;
  throw new DeployProblem(
    failure.kind === "absent" ? { why: "no-plugin", detail: folder } : { why: "not-as-listed", detail: failure.file },
  );
}

/** The version that a plugin's `_meta.lua` says. */
export function versionInMeta(text: string): string | undefined {
  return /^\s*version = "([^"]*)"/m.exec(text)?.[1];
}
