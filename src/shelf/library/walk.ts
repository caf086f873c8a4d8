import type { Dirent } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { extname, join } from "node:path";

/** A file that may be a book. */
export interface FoundFile {
  /** Below the books folder, with `/` between names. */
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  readonly modifiedMs: number;
}

export interface Failure {
  /** Below the books folder. */
  readonly path: string;
  readonly why: string;
}

export interface Walk {
  readonly files: readonly FoundFile[];
  /** What could not be read: nothing may be concluded from the absence of files at or below these. */
  readonly failed: readonly Failure[];
}

const FORMATS = new Set([".epub", ".pdf", ".cbz", ".cbr", ".mobi", ".azw3", ".fb2", ".djvu"]);

/**
 * Lists the books below a folder, in the order of their paths. Hidden names, KOReader's `.sdr` folders and symbolic
 * links are passed over. Rejects when the folder itself cannot be read: an unplugged disk is not an empty library.
 */
export async function walk(root: string): Promise<Walk> {
  const files: FoundFile[] = [];
  const failed: Failure[] = [];
  const visit = async (folder: string, entries: readonly Dirent[]): Promise<void> => {
    for (const entry of entries) {
      const path = folder + entry.name;
      try {
        if (entry.isDirectory() && !isPassedOver(entry.name))
          await visit(`${path}/`, await entriesOf(join(root, path)));
        else if (entry.isFile() && isBook(entry.name)) files.push(await fileAt(root, path));
      } catch (error) {
        failed.push({ path, why: reasonOf(error) });
      }
    }
  };
  await visit("", await entriesOf(root));
  return { files: files.sort((a, b) => (a.path < b.path ? -1 : 1)), failed };
}

/** The words of a failure, for a reader. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The file's format as Tome 2.3 names it: the extension in lower case. */
export function formatOf(path: string): string {
  return extname(path).slice(1).toLowerCase();
}

function entriesOf(folder: string): Promise<Dirent[]> {
  return readdir(folder, { withFileTypes: true });
}

async function fileAt(root: string, path: string): Promise<FoundFile> {
  const { size, mtimeMs } = await stat(join(root, path));
  return { path, size, modifiedMs: Math.trunc(mtimeMs) };
}

function isPassedOver(name: string): boolean {
  return name.startsWith(".") || name.endsWith(".sdr");
}

function isBook(name: string): boolean {
  return !name.startsWith(".") && FORMATS.has(extname(name).toLowerCase());
}
