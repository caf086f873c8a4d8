import type { Store } from "../store/store";
import type { Parsers } from "./parsing/parsers";
import { scanBooks, type ScanReport } from "./scan";
import { Stillness } from "./stillness";
import { reasonOf, type Failure } from "./walk";
import { FolderWatch } from "./watch";

/** Where the look through the folder of books stands. */
export interface ScanState {
  readonly isRunning: boolean;
  /** Of the files that are new or changed: how many were read, and how many there are. */
  readonly done: number;
  readonly total: number;
  /** ISO-8601, UTC; of the last scan that came to its end. */
  readonly finishedAt: string | undefined;
  readonly report: ScanReport | undefined;
  /** Why the folder could not be looked through the last time. */
  readonly error: string | undefined;
  /** Whether changes are noticed at once; else with the next scan. */
  readonly isWatching: boolean;
}

export interface WatchTimes {
  /** How long a new file must not have changed before it is taken in, in milliseconds. */
  readonly stillMs: number;
  /** How long after a change the folder is looked through, in milliseconds. */
  readonly afterChangeMs: number;
  /** How often it is looked through anyway: on a network drive nobody tells of changes. In milliseconds. */
  readonly everyMs: number;
}

const WATCH_TIMES: WatchTimes = { stillMs: 2_000, afterChangeMs: 500, everyMs: 10 * 60_000 };

interface Parts {
  readonly store: Store;
  /** The folder of books; without it there is nothing to find. */
  readonly root: string | undefined;
  readonly now: () => Date;
  readonly parsers: Parsers;
}

const NOTHING_FOUND: ScanReport = {
  added: [],
  changed: [],
  moved: [],
  removed: [],
  unfinished: [],
  failed: [],
  unchanged: 0,
};

/** Looks through the folder of books: when it is told to, when something changes there, and every now and then. */
export class Scanner {
  private running: Promise<ScanReport> | undefined;
  private queued: Promise<ScanReport> | undefined;
  private progress = { done: 0, total: 0 };
  private last: { finishedAt?: string; report?: ScanReport; error?: string } = {};
  private watch: FolderWatch | undefined;
  private isClosed = false;

  constructor(private readonly parts: Parts) {}

  /**
   * Looks through the folder now; while another look is under way, after it: it may have passed what changed since.
   * Rejects when the folder cannot be read.
   */
  scan(): Promise<ScanReport> {
    if (!this.running) return this.start();
    this.queued ??= this.running.catch(() => undefined).then(() => this.start());
    return this.queued;
  }

  state(): ScanState {
    const { finishedAt, report, error } = this.last;
    const isWatching = this.watch?.isWatching === true;
    return { isRunning: this.running !== undefined, ...this.progress, finishedAt, report, error, isWatching };
  }

  /** Files that could not be read or looked into, by path, with the reason in words. */
  problems(): Failure[] {
    const kept = this.parts.store.files.withProblems().map(({ path, problem }) => ({ path, why: problem }));
    const known = new Set(kept.map(({ path }) => path));
    const unread = (this.last.report?.failed ?? []).filter(({ path }) => !known.has(path));
    return [...kept, ...unread].sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  /** From now on changes are noticed. A file that is still being copied is taken in when it no longer grows. */
  startWatching(times: WatchTimes = WATCH_TIMES): void {
    const { root } = this.parts;
    if (root === undefined) return;
    const stillness = new Stillness(times.stillMs);
    const look = async () => {
      const report = await this.start((path, size) => stillness.isStill(path, size)).catch(() => undefined);
      return report !== undefined && report.unfinished.length > 0;
    };
    this.watch = new FolderWatch(root, times, () => (this.running ? Promise.resolve(true) : look()));
  }

  /** Ends watching, and waits for the file that is just being taken in. */
  async close(): Promise<void> {
    this.isClosed = true;
    this.watch?.close();
    await this.running?.catch(() => undefined);
  }

  private start(isStill?: (path: string, look: string) => boolean): Promise<ScanReport> {
    this.queued = undefined;
    this.progress = { done: 0, total: 0 };
    const running = this.run(isStill).finally(() => (this.running = undefined));
    this.running = running;
    return running;
  }

  private async run(isStill: ((path: string, look: string) => boolean) | undefined): Promise<ScanReport> {
    const { store, root, now, parsers } = this.parts;
    if (root === undefined) return NOTHING_FOUND;
    try {
      const report = await scanBooks(store, root, now, {
        parsers,
        isStopped: () => this.isClosed,
        ...(isStill && { isStill: ({ path, size, modifiedMs }) => isStill(path, `${size}-${modifiedMs}`) }),
        onProgress: (done, total) => (this.progress = { done, total }),
        onWalk: ({ folders }) => this.watch?.follow(folders),
      });
      this.last = { finishedAt: now().toISOString(), report };
      return report;
    } catch (error) {
      this.last = { ...this.last, error: reasonOf(error) };
      throw error;
    }
  }
}
