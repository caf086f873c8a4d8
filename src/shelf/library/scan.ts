import { join } from "node:path";
import type { BookFile } from "../store/files";
import type { Store } from "../store/store";
import { factsOfFile, type FileFacts } from "./facts";
import { stemOf } from "./match-by-name";
import { partialMd5 } from "./partial-md5";
import { formatOf, reasonOf, walk, type Failure, type FoundFile } from "./walk";

/** What a scan found; paths are below the books folder. */
export interface ScanReport {
  readonly added: readonly string[];
  readonly changed: readonly string[];
  /** Known files that stand elsewhere now; their books keep all that was read of them. */
  readonly moved: readonly string[];
  readonly removed: readonly string[];
  /** Files that could not be read, and books that could not be looked into and go by their file's name. */
  readonly failed: readonly Failure[];
  readonly unchanged: number;
}

type Outcome = "added" | "changed" | "moved";

/**
 * Brings the store in step with a folder of books. A broken book never stops a scan. Books whose files are gone are kept
 * out of sight, with their history. Rejects when the folder itself cannot be read, and changes nothing then.
 */
export async function scanBooks(store: Store, root: string, now: () => Date): Promise<ScanReport> {
  const { files, failed } = await walk(root);
  const scan = new Scan(store, root, now().toISOString(), failed);
  const fresh = files.filter(file => !scan.isUnchanged(file));
  scan.settle(files);
  for (const file of fresh) await scan.take(file);
  return scan.finish(files.length - fresh.length);
}

class Scan {
  private readonly report = { added: [] as string[], changed: [] as string[], moved: [] as string[] };
  private readonly known: ReadonlyMap<string, BookFile>;
  /** One name with two extensions in one folder is one book in two formats. */
  private readonly bookOfStem = new Map<string, number>();
  private gone: BookFile[] = [];
  private readonly failed: Failure[];

  constructor(
    private readonly store: Store,
    private readonly root: string,
    private readonly at: string,
    failed: readonly Failure[],
  ) {
    this.failed = [...failed];
    const files = store.files.all();
    this.known = new Map(files.map(file => [file.path, file]));
    for (const { path, bookId } of files) this.bookOfStem.set(stemOf(path), bookId);
  }

  isUnchanged(file: FoundFile): boolean {
    const known = this.known.get(file.path);
    return known?.missing === false && known.size === file.size && known.modifiedMs === file.modifiedMs;
  }

  /** Notes which known files are not there any more, apart from those that nobody could look for. */
  settle(files: readonly FoundFile[]): void {
    const seen = new Set(files.map(file => file.path));
    const isHidden = (path: string) => this.failed.some(({ path: at }) => path === at || path.startsWith(`${at}/`));
    this.gone = [...this.known.values()].filter(file => !seen.has(file.path) && !isHidden(file.path));
  }

  /** Takes in a file that is new or not as it was. */
  async take(file: FoundFile): Promise<void> {
    try {
      const md5 = await partialMd5(join(this.root, file.path));
      this.report[await this.place(file, md5)].push(file.path);
    } catch (error) {
      this.failed.push({ path: file.path, why: reasonOf(error) });
    }
  }

  finish(unchanged: number): ScanReport {
    const removed = this.gone.filter(file => !file.missing);
    this.store.transaction(() => {
      for (const file of removed) this.store.files.markMissing(file.id);
      this.store.files.refreshBooks();
    });
    return { ...this.report, removed: removed.map(file => file.path), failed: this.failed, unchanged };
  }

  private async place(file: FoundFile, md5: string): Promise<Outcome> {
    const known = this.known.get(file.path);
    if (known) return this.update(known, file, md5, "changed");
    const moved = this.gone.find(gone => gone.md5 === md5 && gone.size === file.size);
    if (!moved) return this.add(file, md5);
    this.gone = this.gone.filter(gone => gone !== moved);
    return this.update(moved, file, md5, "moved");
  }

  private async update(known: BookFile, file: FoundFile, md5: string, outcome: Outcome): Promise<Outcome> {
    const { facts, identifiers, tags } = await this.look(file);
    this.store.transaction(() => {
      this.store.files.update(known.id, { ...file, md5 });
      this.store.books.addHash(known.bookId, md5, "raw", this.at);
      this.store.books.setTags(known.bookId, tags);
      if (md5 === known.md5) return;
      this.store.books.setFacts(known.bookId, facts, this.at);
      this.store.books.setIdentifiers(known.bookId, identifiers);
    });
    return outcome;
  }

  private async add(file: FoundFile, md5: string): Promise<Outcome> {
    const { facts, identifiers, tags } = await this.look(file);
    const { books, files } = this.store;
    const bookId = this.store.transaction(() => {
      const id = this.bookOfStem.get(stemOf(file.path)) ?? books.add(facts, this.at);
      books.setIdentifiers(id, [...books.identifiers(id), ...identifiers]);
      books.setTags(id, [...books.tags(id), ...tags]);
      books.addHash(id, md5, "raw", this.at);
      files.add({ ...file, bookId: id, md5, format: formatOf(file.path) });
      return id;
    });
    this.bookOfStem.set(stemOf(file.path), bookId);
    return "added";
  }

  private async look(file: FoundFile): Promise<FileFacts> {
    const found = await factsOfFile(this.root, file.path);
    if (found.why !== undefined) this.failed.push({ path: file.path, why: found.why });
    return found;
  }
}
