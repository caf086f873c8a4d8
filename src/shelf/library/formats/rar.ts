import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createExtractorFromFile } from "node-unrar-js";
import { Unreadable } from "./said";
import type { Archive } from "./zip";

const MOST_ENTRIES = 50_000;
/** The only name under which anything is unpacked, whatever it is called in the archive. */
const UNPACKED = "unpacked";

/**
 * Opens a RAR archive for as long as `work` runs. A file is unpacked into a folder of its own that goes away at once.
 * Rejects with `Unreadable` when it is no sound RAR.
 */
export async function withRar<T>(path: string, work: (archive: Archive) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "ribbon-rar-"));
  try {
    const rar = await createExtractorFromFile({
      filepath: path,
      targetPath: folder,
      filenameTransform: () => UNPACKED,
    });
    const sizes = sound(() => sizesOf(rar.getFileList().fileHeaders));
    const read = async (name: string, most: number) => {
      const size = sizes.get(name);
      if (size === undefined) return undefined;
      if (size > most) throw new Unreadable(`${name} in it is too large.`);
      // The extractor works while its list is walked.
      sound(() => [...rar.extract({ files: [name] }).files]);
      return readFile(join(folder, UNPACKED));
    };
    return await work({ names: [...sizes.keys()], read });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface Header {
  readonly name: string;
  readonly unpSize: number;
  readonly flags: { readonly directory: boolean; readonly encrypted: boolean };
}

function sizesOf(headers: Iterable<Header>): Map<string, number> {
  const sizes = new Map<string, number>();
  for (const { name, unpSize, flags } of headers) {
    if (flags.encrypted) throw new Unreadable("It is locked with a password.");
    if (!flags.directory) sizes.set(name, unpSize);
    if (sizes.size > MOST_ENTRIES) throw new Unreadable("It holds more files than any book.");
  }
  return sizes;
}

function sound<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof Unreadable) throw error;
    throw new Unreadable("It is no sound RAR archive: perhaps it was not copied to its end.", { cause: error });
  }
}
