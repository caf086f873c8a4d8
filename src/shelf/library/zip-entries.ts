import { open } from "node:fs/promises";
import { unzipSync } from "fflate";

/** Metadata is small; what claims to be more is a bomb or no metadata. */
const LARGEST_ENTRY_BYTES = 4 * 1024 * 1024;
const LARGEST_ARCHIVE_BYTES = 1024 * 1024 * 1024;

/** A ZIP archive in memory, of which single files are unpacked on demand. */
export interface Archive {
  /** The text of a file; undefined when the archive has none of that name. Throws when it is broken or too large. */
  text(name: string): string | undefined;
}

/** Reads an archive. Rejects when it cannot be read or is larger than 1 GiB. */
export async function openArchive(path: string): Promise<Archive> {
  const file = await open(path, "r");
  try {
    const { size } = await file.stat();
    if (size > LARGEST_ARCHIVE_BYTES) throw new Error(`too large to look into: ${size} bytes`);
    const bytes = await file.readFile();
    return { text: name => textOf(bytes, name) };
  } finally {
    await file.close();
  }
}

function textOf(bytes: Uint8Array, name: string): string | undefined {
  const found = unzipSync(bytes, {
    filter: entry => {
      if (entry.name === name && entry.originalSize > LARGEST_ENTRY_BYTES) throw new Error(`${name} is too large`);
      return entry.name === name;
    },
  })[name];
  return found && new TextDecoder().decode(found);
}
