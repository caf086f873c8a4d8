import type { Dirent } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { kindOf, stemOfBook } from "./formats/kinds";
import { inOrder } from "./in-order";

/** A file that may be a book. */
export interface FoundFile {
  /** Below the books folder, with `/` between names. */
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  readonly modifiedMs: number;
  /** The description that Calibre keeps beside it. */
  readonly described?: { readonly path: string; readonly modifiedMs: number };
}

export interface Failure {
  /** Below the books folder. */
  readonly path: string;
  readonly why: string;
}

export interface Walk {
  readonly files: readonly FoundFile[];
  /** The folders that were looked through, below the books folder; "" is that folder itself. */
  readonly folders: readonly string[];
  /** What could not be read: nothing may be concluded from the absence of files at or below these. */
  readonly failed: readonly Failure[];
}

const DESCRIPTION = "metadata.opf";
/** How many files are asked about at once: on a network drive each answer takes its time. */
const AT_ONCE = 16;
/** Deeper than any library, and not as deep as a path may be. */
const DEEPEST = 40;

/**
 * Lists the books below a folder, in the order of their paths. Hidden names, KOReader's `.sdr` folders and symbolic
 * links are passed over: what is not followed cannot lead in circles or out of the folder. Rejects when the folder
 * itself cannot be read: an unplugged disk is not an empty library.
 */
export async function walk(root: string): Promise<Walk> {
  const files: FoundFile[] = [];
  const folders: string[] = [];
  const failed: Failure[] = [];
  const visit = async (folder: string, entries: readonly Dirent[], depth: number): Promise<void> => {
    folders.push(folder.slice(0, -1));
    files.push(...(await booksAmong(root, folder, entries, failed)));
    for (const { name } of entries.filter(entry => entry.isDirectory() && !isPassedOver(entry.name))) {
      const path = folder + name;
      try {
        if (depth >= DEEPEST) throw new Error(`It lies more than ${DEEPEST} folders deep.`);
        await visit(`${path}/`, await entriesOf(join(root, path)), depth + 1);
      } catch (error) {
        failed.push({ path, why: reasonOf(error) });
      }
    }
  };
  await visit("", await entriesOf(root), 0);
  return { files: files.sort((a, b) => (a.path < b.path ? -1 : 1)), folders, failed };
}

/** The words of a failure, for a reader. */
export function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === "EACCES" || code === "EPERM") return "Shelf may not read it: check its permissions.";
  return error instanceof Error ? message : String(error);
}

async function booksAmong(
  root: string,
  folder: string,
  entries: readonly Dirent[],
  failed: Failure[],
): Promise<FoundFile[]> {
  const names = entries.filter(entry => entry.isFile() && isBook(entry.name)).map(entry => entry.name);
  // Calibre keeps one book in a folder, in one format or several. With more than one, nobody knows which is described.
  const isOneBook = new Set(names.map(stemOfBook)).size === 1;
  const hasDescription = isOneBook && entries.some(entry => entry.isFile() && entry.name === DESCRIPTION);
  const described = hasDescription ? await statAt(root, folder + DESCRIPTION).catch(() => undefined) : undefined;
  const found: FoundFile[] = [];
  const look = (name: string) => statAt(root, folder + name).catch(reasonOf);
  for await (const { item: name, result } of inOrder(names, AT_ONCE, look)) {
    if (typeof result === "string") failed.push({ path: folder + name, why: result });
    else found.push(described ? { ...result, described } : result);
  }
  return found;
}

function entriesOf(folder: string): Promise<Dirent[]> {
  return readdir(folder, { withFileTypes: true });
}

/** How a file of the library looks from outside. */
export async function statAt(root: string, path: string): Promise<Omit<FoundFile, "described">> {
  const { size, mtimeMs } = await stat(join(root, path));
  return { path, size, modifiedMs: Math.trunc(mtimeMs) };
}

function isPassedOver(name: string): boolean {
  return name.startsWith(".") || name.endsWith(".sdr");
}

function isBook(name: string): boolean {
  return !name.startsWith(".") && kindOf(name) !== undefined;
}
