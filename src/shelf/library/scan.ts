import { join } from "node:path";
import type { Store } from "../store/store";
import { factsOfFile, type FileFacts } from "./facts";
import { inOrder } from "./in-order";
import { partialMd5 } from "./partial-md5";
import { makeParsers, type Parsers } from "./parsing/parsers";
import { Placing, type Outcome } from "./placing";
import { reasonOf, statAt, walk, type Failure, type FoundFile, type Walk } from "./walk";

/** What a scan found; paths are below the books folder. */
export interface ScanReport {
  readonly added: readonly string[];
  readonly changed: readonly string[];
  /** Known files that stand elsewhere now; their books keep all that was read of them. */
  readonly moved: readonly string[];
  readonly removed: readonly string[];
  /** Files that somebody is still writing: they are taken in by a later scan. */
  readonly unfinished: readonly string[];
  /** Files that could not be read, and books that could not be looked into and go by their file's name. */
  readonly failed: readonly Failure[];
  readonly unchanged: number;
}

export interface ScanOptions {
  /** What looks into the files; without it processes are started for this scan. */
  readonly parsers?: Parsers;
  /** Whether a new file has stopped growing; without it all have that do not grow while they are read. */
  readonly isStill?: (file: FoundFile) => boolean;
  /** Told after each file of those that are new or changed. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Asked before each file; a scan that is stopped keeps what it has taken in, and puts nothing away. */
  readonly isStopped?: () => boolean;
  /** Told which folders there are. */
  readonly onWalk?: (walk: Walk) => void;
}

/** A file that was looked into. */
export interface SeenFile extends FoundFile {
  readonly md5: string;
  readonly look: FileFacts;
}

type Look = { readonly kind: "seen"; readonly seen: SeenFile } | { readonly kind: "unfinished" } | FailedLook;
type FailedLook = { readonly kind: "failed"; readonly why: string };

/** How many files are looked into ahead of the one that is taken in. */
const AHEAD = 4;

/**
 * Brings the store in step with a folder of books. Files that look as they did from outside are not opened. A broken book
 * never stops a scan. Books whose files are gone are kept out of sight, with their history. Rejects when the folder itself
 * cannot be read, and changes nothing then.
 */
export async function scanBooks(
  store: Store,
  root: string,
  now: () => Date,
  options: ScanOptions = {},
): Promise<ScanReport> {
  const parsers = options.parsers ?? makeParsers();
  try {
    const found = await walk(root);
    options.onWalk?.(found);
    return await takeIn(new Placing(store, found, now().toISOString()), found, { ...options, root, parsers });
  } finally {
    if (!options.parsers) parsers.close();
  }
}

interface Tools extends ScanOptions {
  readonly root: string;
  readonly parsers: Parsers;
}

async function takeIn(placing: Placing, found: Walk, tools: Tools): Promise<ScanReport> {
  const report: Record<Outcome | "unfinished", string[]> = { added: [], changed: [], moved: [], unfinished: [] };
  const failed = [...found.failed];
  const fresh = placing.inOrder(found.files.filter(file => !placing.isUnchanged(file)));
  let done = 0;
  tools.onProgress?.(done, fresh.length);
  for await (const { item: file, result } of inOrder(fresh, AHEAD, each => lookAt(each, tools))) {
    if (tools.isStopped?.() === true) throw new Error("The scan was stopped.");
    if (result.kind === "seen") report[placing.place(result.seen)].push(file.path);
    else if (result.kind === "unfinished") report.unfinished.push(file.path);
    const why = result.kind === "seen" ? result.seen.look.why : result.kind === "failed" ? result.why : undefined;
    if (why !== undefined) failed.push({ path: file.path, why });
    tools.onProgress?.((done += 1), fresh.length);
  }
  return { ...report, removed: placing.finish(), failed, unchanged: found.files.length - fresh.length };
}

/** Reads a file's digest and facts, unless it changes meanwhile. Never rejects. */
async function lookAt(file: FoundFile, { root, parsers, isStill }: Tools): Promise<Look> {
  if (isStill?.(file) === false) return { kind: "unfinished" };
  try {
    const md5 = await partialMd5(join(root, file.path));
    const look = await factsOfFile(root, file, parsers);
    const after = await statAt(root, file.path);
    if (after.size !== file.size || after.modifiedMs !== file.modifiedMs) return { kind: "unfinished" };
    return { kind: "seen", seen: { ...file, md5, look } };
  } catch (error) {
    return { kind: "failed", why: reasonOf(error) };
  }
}
