import { LONGEST_DOWNLOAD } from "../core/download";
import type { ConnectionId } from "../core/outbox";
import { showNewFiles } from "../koreader/file-browser";
import { isFile } from "../koreader/files";
import { json } from "../koreader/json";
import { SqliteDeviceBooks } from "../koreader/store/device-books";
import { SqliteDownloadStore } from "../koreader/store/download-store";
import { store } from "../koreader/store/open";
import { part } from "../parts";
import type { DownloadSummary } from "../ports/downloads";
import type { Workers } from "../ports/workers";
import { DownloadDesk } from "./download-desk";
import { downloadPlaces } from "./download-places";
import { DownloadQueue } from "./download-queue";
import { Errands } from "./errands";
import { LibraryInbox } from "./inbox";
import { sendReceipts } from "./inbox-receipts";
import { preferredFile } from "./preferred-file";
import type { Runtime } from "./runtime";

/** Which books of a server are on this device. */
const deviceBooks = new SqliteDeviceBooks(store, isFile);

let queue: DownloadQueue | undefined;
let inbox: LibraryInbox | undefined;
let kept: SqliteDownloadStore | undefined;

/** The one queue of this process. */
export function downloadsOf(runtime: Runtime): DownloadQueue {
  if (queue === undefined) {
    queue = makeQueue(runtime);
    runtime.downloads = queue;
  }
  return queue;
}

function storeOf(runtime: Runtime): SqliteDownloadStore {
  kept ??= new SqliteDownloadStore(store, json, runtime.clock);
  return kept;
}

/** The one inbox of this process. */
export function inboxOf(runtime: Runtime): LibraryInbox {
  inbox ??= new LibraryInbox({
    runtime,
    store: storeOf(runtime),
    deviceBooks,
    downloads: downloadsOf(runtime),
    preferred: book => preferredFile(runtime, book),
  });
  runtime.inbox = inbox;
  return inbox;
}

/** Something was or is on its way, or an inbox is owed a word. */
export function goOn(runtime: Runtime): void {
  downloadsOf(runtime).wake();
  sendReceipts(runtime, storeOf(runtime));
}

/** A connection is removed, or leads to another library now. */
export function forgetDownloads(runtime: Runtime, connection: ConnectionId): void {
  downloadsOf(runtime).forget(connection);
}

function makeQueue(runtime: Runtime): DownloadQueue {
  const lines = storeOf(runtime);
  const desk = new DownloadDesk(runtime, lines, deviceBooks, downloadPlaces(runtime, lines));
  const line = new Errands(makeWorkers(runtime), runtime.log, LONGEST_DOWNLOAD);
  const made: DownloadQueue = new DownloadQueue(runtime, lines, line, desk, {
    arrived: () => {
      sendReceipts(runtime, lines);
    },
    over: summary => {
      showNewFiles();
      if (!made.isWatched()) tell(runtime, summary);
    },
  });
  return made;
}

/** Of their own: the last call before sleep waits for deliveries, never for these. */
function makeWorkers({ clock, scheduler }: Runtime): () => Workers {
  let workers: Workers | undefined;
  return () => {
    workers ??= new (part("koreader/workers").ForkedWorkers)({ clock, scheduler, json });
    return workers;
  };
}

function tell(runtime: Runtime, { done, skipped, failed, asking }: DownloadSummary): void {
  const [only] = done;
  const isOne = done.length === 1 && skipped.length + failed.length + asking.length === 0;
  runtime.notices().downloaded({
    done: done.length,
    skipped: skipped.length,
    failed: failed.length,
    asking: asking.length,
    ...(isOne && only !== undefined ? { title: only.book.title } : {}),
  });
}
