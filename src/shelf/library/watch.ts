import { watch, type FSWatcher } from "node:fs";
import { join } from "node:path";

interface Times {
  readonly stillMs: number;
  readonly afterChangeMs: number;
  readonly everyMs: number;
}

/**
 * Looks through a folder when something changes in it, and every now and then. One watch per folder and not per file:
 * a library has ten times as many files, and systems allow so many watches. Where watches do not work (network drives,
 * too many folders) changes are found with the next look.
 */
export class FolderWatch {
  private readonly watches = new Map<string, FSWatcher>();
  private timer: NodeJS.Timeout | undefined;
  private readonly clock: NodeJS.Timeout;
  private isClosed = false;
  private failures = 0;

  /** @param look looks through the folder; true asks to look again soon. Never rejects. */
  constructor(
    private readonly root: string,
    private readonly times: Times,
    private readonly look: () => Promise<boolean>,
  ) {
    this.follow([""]);
    this.clock = setInterval(() => this.lookIn(0), times.everyMs).unref();
    // What changed between the last look and this moment, nobody told.
    this.lookIn(times.afterChangeMs);
  }

  /** Whether every folder is watched. */
  get isWatching(): boolean {
    return this.failures === 0 && this.watches.size > 0;
  }

  /** Watches these folders, below the root, and no others. */
  follow(folders: readonly string[]): void {
    const wanted = new Set(folders);
    for (const folder of this.watches.keys()) if (!wanted.has(folder)) this.forget(folder);
    this.failures = 0;
    for (const folder of wanted) if (!this.watches.has(folder)) this.begin(folder);
  }

  close(): void {
    this.isClosed = true;
    clearTimeout(this.timer);
    clearInterval(this.clock);
    for (const folder of this.watches.keys()) this.forget(folder);
  }

  private begin(folder: string): void {
    try {
      const watcher = watch(join(this.root, folder), { persistent: false }, () =>
        this.lookIn(this.times.afterChangeMs),
      );
      watcher.on("error", () => this.forget(folder));
      this.watches.set(folder, watcher);
    } catch {
      this.failures += 1;
    }
  }

  private forget(folder: string): void {
    this.watches.get(folder)?.close();
    this.watches.delete(folder);
  }

  /** Once for many changes: a copied folder tells of each of its files. */
  private lookIn(ms: number): void {
    if (this.isClosed || this.timer) return;
    this.timer = setTimeout(() => void this.lookNow(), ms).unref();
  }

  private async lookNow(): Promise<void> {
    const again = await this.look();
    this.timer = undefined;
    if (again) this.lookIn(this.times.stillMs);
  }
}
