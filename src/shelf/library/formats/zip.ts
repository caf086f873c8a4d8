import { openPromise, type Entry, type ZipFile } from "yauzl";
import { Unreadable } from "./said";

const MOST_ENTRIES = 50_000;

/** A ZIP archive on disk: its list in memory, its files read one at a time. */
export interface Archive {
  readonly names: readonly string[];
  /** A file's bytes; undefined when there is none of that name. Rejects when it is broken or has more than `most`. */
  read(name: string, most: number): Promise<Uint8Array | undefined>;
}

/** Opens an archive for as long as `work` runs. Rejects with `Unreadable` when it is no sound ZIP. */
export async function withArchive<T>(path: string, work: (archive: Archive) => Promise<T>): Promise<T> {
  const zip = await openPromise(path, { autoClose: false, strictFileNames: false }).catch(asUnreadable);
  try {
    const entries = await entriesOf(zip).catch(asUnreadable);
    return await work({
      names: [...entries.keys()],
      read: (name, most) => {
        const entry = entries.get(name);
        return entry ? unpack(zip, entry, most) : Promise.resolve(undefined);
      },
    });
  } finally {
    zip.close();
  }
}

async function entriesOf(zip: ZipFile): Promise<Map<string, Entry>> {
  if (zip.entryCount > MOST_ENTRIES) throw new Unreadable(`It holds ${zip.entryCount} files, more than any book.`);
  const entries = new Map<string, Entry>();
  // Of two files of one name the first counts, as in KOReader.
  for await (const entry of zip.eachEntry()) {
    if (!entry.fileName.endsWith("/") && !entries.has(entry.fileName)) entries.set(entry.fileName, entry);
  }
  return entries;
}

async function unpack(zip: ZipFile, entry: Entry, most: number): Promise<Uint8Array> {
  const tooLarge = () => new Unreadable(`${entry.fileName} in it is too large.`);
  if (entry.uncompressedSize > most) throw tooLarge();
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of await zip.openReadStreamPromise(entry)) {
      length += (chunk as Buffer).length;
      if (length > most) throw tooLarge();
      chunks.push(chunk as Buffer);
    }
  } catch (error) {
    if (error instanceof Unreadable) throw error;
    throw new Unreadable(`${entry.fileName} in it is damaged.`, { cause: error });
  }
  return Buffer.concat(chunks);
}

function asUnreadable(error: unknown): never {
  if (error instanceof Unreadable || (error as NodeJS.ErrnoException).code?.startsWith("E") === true) throw error;
  throw new Unreadable("It is no sound ZIP archive: perhaps it was not copied to its end.", { cause: error });
}
