import { mkdir, readdir, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { BookFile } from "../store/files";
import type { Store } from "../store/store";
import { fileInside, openBook, type OpenBook } from "./book-file";
import { kindOf, richnessRank } from "./formats/kinds";
import type { Parsers } from "./parsing/parsers";

interface Parts {
  readonly store: Store;
  readonly root: string | undefined;
  readonly dataDir: string;
  readonly parsers: Parsers;
}

/** Beside a book of a Calibre library. */
const PICTURE_BESIDE = "cover.jpg";

/**
 * The covers of books, small JPEGs. Each is made when it is first asked for, and kept below the data folder under the
 * digest of the file that it is from; that a file has none is kept, too.
 */
export class Covers {
  private readonly making = new Map<string, Promise<boolean>>();
  private readonly folder: string;

  constructor(private readonly parts: Parts) {
    this.folder = join(parts.dataDir, "covers");
  }

  /** A book's cover, open; undefined when none of its files has one. */
  async of(bookId: number): Promise<OpenBook | undefined> {
    const files = this.parts.store.files.ofBook(bookId).filter(file => !file.missing);
    for (const file of files.sort((a, b) => richnessRank(a.format) - richnessRank(b.format))) {
      const name = await this.nameOf(file);
      if (name === undefined || !(await this.has(name, file))) continue;
      const cover = await openBook(this.folder, `${name}.jpg`);
      if (cover) return cover;
    }
    return undefined;
  }

  /** Removes the covers of files that look otherwise by now. */
  async prune(): Promise<void> {
    const known = new Set(this.parts.store.files.all().map(stemOf));
    for (const name of await readdir(this.folder).catch(() => [])) {
      if (!known.has(name.split(".")[0] ?? "")) await rm(join(this.folder, name), { force: true });
    }
  }

  /** Under which name a file's cover is kept: another one when the picture beside it is another. */
  private async nameOf(file: BookFile): Promise<string | undefined> {
    const beside = file.describedMs === 0 ? undefined : await this.besideOf(file);
    return beside === undefined ? stemOf(file) : `${stemOf(file)}.${Math.trunc((await stat(beside)).mtimeMs)}`;
  }

  private async besideOf(file: BookFile): Promise<string | undefined> {
    const { root } = this.parts;
    return root === undefined ? undefined : fileInside(root, join(dirname(file.path), PICTURE_BESIDE));
  }

  private async has(name: string, file: BookFile): Promise<boolean> {
    const to = join(this.folder, name);
    if (await exists(`${to}.jpg`)) return true;
    if (await exists(`${to}.none`)) return false;
    const making = this.making.get(name) ?? this.make(to, file).finally(() => this.making.delete(name));
    this.making.set(name, making);
    return making;
  }

  private async make(to: string, file: BookFile): Promise<boolean> {
    const { root, parsers } = this.parts;
    const kind = kindOf(file.path);
    const path = root === undefined ? undefined : await fileInside(root, file.path);
    if (kind === undefined || path === undefined) return false;
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    const beside = file.describedMs === 0 ? undefined : await this.besideOf(file);
    const found = await parsers.cover({ path, kind, to: `${to}.jpg`, ...(beside !== undefined && { beside }) });
    if (!found) await writeFile(`${to}.none`, "");
    return found;
  }
}

function stemOf({ md5, size }: { readonly md5: string; readonly size: number }): string {
  return `${md5}-${size}`;
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
