import type { Failure } from "../core/failure";
import type { BookId } from "../core/outbox";
import { failure, type Result, success } from "../core/result";
import { discardPart, settle } from "../koreader/settle-file";
import { digestOf, isFile, isTaken } from "../koreader/files";
import type { DownloadStore, KeptDownload } from "../ports/download-store";
import type { Runtime } from "./runtime";

/** A book that came whole. */
export interface Fetched {
  readonly download: KeptDownload;
  readonly target: string;
  readonly digest: string;
}

/**
 * A whole book lies under its temporary name: it is known and linked first, then gets its name, then leaves the queue. Whatever
 * the power does between two of these, the next start finds either the part or the book, and its link with it.
 */
function arrived(runtime: Runtime, store: DownloadStore, fetched: Fetched): Result<"done" | "skipped", Failure> {
  const { download, target, digest } = fetched;
  const twin = twinOf(runtime, target, digest);
  if (twin !== undefined) {
    link(runtime, download, twin);
    discardPart(target);
    store.settle(download.id, "skipped", { target: factsFile(runtime, twin) });
    return success("skipped");
  }
  const replaces = download.choice === "replace";
  if (!replaces && isTaken(target) && digestOf(target) !== digest) {
    // Linked now, the book whose file that is would pass for ours.
    store.change(download.id, { digest });
    return failure({ reason: "conflict", detail: target });
  }
  const { title, author = "" } = download.book;
  link(runtime, download, runtime.books.identify({ digest, file: target, title, authors: author }));
  store.changeForGood(download.id, { digest });
  const settled = settle(target, digest, replaces);
  if (!settled.ok) return failure(settled.failure);
  store.settle(download.id, "done");
  return success("done");
}

/** A book that came gets its name, or its line says why it did not. */
export function finish(runtime: Runtime, store: DownloadStore, fetched: Fetched): boolean {
  const settled = arrived(runtime, store, fetched);
  if (settled.ok) return true;
  const { reason, lacking } = settled.failure;
  const why = lacking === undefined ? { reason } : { reason, lacking };
  store.change(fetched.download.id, reason === "conflict" ? { state: "asking" } : { ...why, state: "failed" });
  return false;
}

/** The same content under another name: the reader moved it, or got it otherwise. */
function twinOf(runtime: Runtime, target: string, digest: string): BookId | undefined {
  const book = runtime.books.find(digest);
  const file = book === undefined ? target : factsFile(runtime, book);
  return file !== target && isFile(file) && digestOf(file) === digest ? book : undefined;
}

const factsFile = (runtime: Runtime, book: BookId): string => runtime.books.facts(book)?.file ?? "";

/** What is downloaded from a server is that book of it: its first opening syncs, with no question to anybody. */
function link(runtime: Runtime, { book, connection }: KeptDownload, ours: BookId): void {
  const { remoteId, title } = book;
  const known = runtime.links().link(ours, connection);
  // A link that says the same also says which place of the server was seen.
  if (known?.remoteId === remoteId && known.isConfirmed) return;
  runtime.links().saveLink(ours, connection, { remoteId, method: "digest", title });
}

/** It got its name, and the power failed before the queue knew. */
export function isThereAlready({ digest }: KeptDownload, target: string): boolean {
  return digest !== undefined && isFile(target) && digestOf(target) === digest;
}
