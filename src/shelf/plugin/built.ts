import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { LARGEST_RELEASE, RELEASE_FILE, readRelease, type Release } from "../../core/release";
import { failure, type Result, success } from "../../core/result";

/** Where the build leaves the plugin. */
export const PLUGIN_DIR = fileURLToPath(new URL("../../../koplugin/ribbon.koplugin/", import.meta.url));

/** A built plugin in memory, each byte as its `release.json` says. */
export interface BuiltPlugin {
  readonly release: Release;
  /** `release.json` as it lies there. */
  readonly manifest: Buffer;
  /** The listed files by name, in the order of the update package. */
  readonly files: ReadonlyMap<string, Buffer>;
}

/** Why a folder holds no plugin that could be handed out. */
export type Unbuilt =
  /** There is no `release.json`: it was never built, or is being built right now. */
  | { readonly kind: "absent" }
  /** @property file which of its files is not what `release.json` says */
  | { readonly kind: "damaged"; readonly file: string };

/**
 * Reads a plugin that the build left, or one on a device. What lies there beside the listed files (a connection, settings of a
 * file manager) is not looked at.
 */
export function readBuilt(folder: string): Result<BuiltPlugin, Unbuilt> {
  const manifest = readFile(folder, RELEASE_FILE);
  if (manifest === undefined) return failure({ kind: "absent" });
  const release = decode(manifest);
  if (release === undefined) return failure({ kind: "damaged", file: RELEASE_FILE });
  const files = new Map<string, Buffer>();
  for (const { name, sha256 } of release.files) {
    const content = readFile(folder, name);
    if (content === undefined || sha256Of(content) !== sha256) return failure({ kind: "damaged", file: name });
    files.set(name, content);
  }
  return success({ release, manifest, files });
}

/** The update package: the listed files one after another. */
export function updatePackage({ files }: BuiltPlugin): Buffer {
  return Buffer.concat([...files.values()]);
}

export function sha256Of(content: Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}

/** What a `release.json` says; nothing when it cannot be understood. */
export function decodeRelease(text: string): Release | undefined {
  try {
    const read = readRelease(JSON.parse(text));
    return read.ok ? read.value : undefined;
  } catch {
    return undefined;
  }
}

function decode(manifest: Buffer): Release | undefined {
  return manifest.length > LARGEST_RELEASE ? undefined : decodeRelease(manifest.toString());
}

function readFile(folder: string, name: string): Buffer | undefined {
  const file = join(folder, name);
  return existsSync(file) ? readFileSync(file) : undefined;
}
