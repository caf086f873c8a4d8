import { createHash } from "node:crypto";
import { open, realpath, type FileHandle } from "node:fs/promises";
import { join, sep } from "node:path";
import { Readable } from "node:stream";

/** A file of the library, open: whoever got it calls `read` or `close`. */
export interface OpenBook {
  /** Bytes. */
  readonly size: number;
  readonly modified: Date;
  /** In quotes, as HTTP wants it; another one whenever the file was written. */
  readonly etag: string;
  /** The bytes from `start` up to, not including, `end`; closes the file at their end. */
  read(start: number, end: number): Readable;
  close(): Promise<void>;
}

/**
 * Opens a file below the folder of books. Undefined when it is not there, is no plain file, or stands outside of the
 * folder, whither a symbolic link made after the last scan may lead.
 */
export async function openBook(root: string, path: string): Promise<OpenBook | undefined> {
  const handle = await openInside(root, path);
  if (!handle) return undefined;
  const found = await handle.stat({ bigint: true });
  if (!found.isFile()) {
    await handle.close();
    return undefined;
  }
  const size = Number(found.size);
  return {
    size,
    modified: found.mtime,
    etag: `"${createHash("md5").update(`${found.mtimeNs}-${size}`).digest("hex")}"`,
    // What is read was opened and measured once: a book that is replaced meanwhile is not mixed with its successor.
    read: (start, end) => (end > start ? handle.createReadStream({ start, end: end - 1 }) : nothing(handle)),
    close: () => handle.close(),
  };
}

async function openInside(root: string, path: string): Promise<FileHandle | undefined> {
  const real = await fileInside(root, path);
  return real === undefined ? undefined : open(real, "r").catch(() => undefined);
}

/** Where a file below a folder really stands; undefined when it is not there, or a link leads out of the folder. */
export async function fileInside(root: string, path: string): Promise<string | undefined> {
  try {
    const real = await realpath(join(root, path));
    return real.startsWith((await realpath(root)) + sep) ? real : undefined;
  } catch {
    return undefined;
  }
}

function nothing(handle: FileHandle): Readable {
  void handle.close();
  return Readable.from([]);
}
