import fs from "node:fs";
import path from "node:path";
import { RELEASE_FILE, readRelease } from "../../core/release";
import { type BuiltPlugin, sha256Of, updatePackage } from "../../shelf/plugin/built";
import { type BakedConnection, pluginZip, zipName } from "../../shelf/plugin/package";

const SUMS = "SHA256SUMS";

export interface Packed {
  readonly file: string;
  readonly bytes: number;
  /** Holds a key: not for others. */
  readonly isSecret: boolean;
}

interface Content {
  readonly name: string;
  readonly content: Uint8Array;
  readonly isSecret?: boolean;
}

/** The plugin with other notes than those of the changelog. */
export function withNotes(plugin: BuiltPlugin, notes: string): BuiltPlugin {
  const decoded = JSON.parse(plugin.manifest.toString()) as object;
  const manifest = Buffer.from(`${JSON.stringify({ ...decoded, notes }, undefined, 1)}\n`);
  const release = readRelease(JSON.parse(manifest.toString()));
  if (!release.ok) throw new Error(`the release makes no sense: ${release.failure}`);
  return { ...plugin, manifest, release: release.value };
}

/**
 * Writes a release into a folder: the ZIP, the update package, `release.json` and the checksums of these three, in this order, so that
 * a server that hands out the folder never names a package that it does not have yet.
 */
export function writePackage(plugin: BuiltPlugin, folder: string, baked?: BakedConnection): Packed[] {
  const { version, package: update } = plugin.release;
  const isSecret = baked !== undefined;
  const contents: Content[] = [
    { name: zipName(version, isSecret), content: pluginZip(plugin, baked), isSecret },
    { name: update.name, content: updatePackage(plugin) },
    { name: RELEASE_FILE, content: plugin.manifest },
  ];
  const sums = contents.map(({ name, content }) => `${sha256Of(content)}  ${name}\n`).join("");
  return [...contents, { name: SUMS, content: Buffer.from(sums) }].map(each => writeInto(folder, each));
}

/** Nobody sees half a file, and nobody else one with a key. */
function writeInto(folder: string, { name, content, isSecret = false }: Content): Packed {
  const file = path.join(folder, name);
  try {
    fs.mkdirSync(folder, { recursive: true });
    fs.writeFileSync(`${file}.part`, content, { mode: isSecret ? 0o600 : 0o644 });
    fs.renameSync(`${file}.part`, file);
  } catch (error) {
    throw new Error(`cannot write ${file}: ${(error as Error).message}`, { cause: error });
  }
  return { file, bytes: content.length, isSecret };
}
