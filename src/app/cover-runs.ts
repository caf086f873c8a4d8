import type { Failure } from "../core/failure";
import type { Cancel } from "../ports/scheduler";
import { part } from "../parts";
import type { CoverMessage } from "./catalogue-job";
import type { Errands } from "./errands";
import type { Library } from "./library";
import { finish } from "../koreader/library-folder";
import type { Runtime } from "./runtime";
import { visit } from "./visit";

/** More than any screen shows. */
const MOST_AT_ONCE = 60;

type Shown = (remoteId: string, file: string) => void;

/** The covers of one screen, on their way. */
interface Run {
  readonly library: Library;
  readonly shown: Shown;
  /** Books whose cover has not come yet. */
  missing: string[];
  cancel: Cancel;
  isOver: boolean;
}

/** Fetches the covers of the screen that the reader looks at, in one worker; those of the screen before are given up. */
export class CoverRuns {
  private run: Run | undefined;

  constructor(
    private readonly runtime: Runtime,
    private readonly errands: Errands,
  ) {}

  fetch(library: Library, missing: readonly string[], shown: Shown): Cancel {
    this.end(this.run);
    if (library.notes.lacks("covers")) return () => {};
    library.folder.make();
    const run: Run = { library, shown, missing: missing.slice(0, MOST_AT_ONCE), cancel: () => {}, isOver: false };
    this.run = run;
    this.begin(run);
    return () => {
      this.end(run);
    };
  }

  /** Somebody waits for something else: the worker is given up. @returns what puts the rest behind what was asked meanwhile */
  pause(): () => void {
    const run = this.run;
    if (run === undefined) return () => {};
    run.cancel();
    return () => {
      if (!run.isOver) this.begin(run);
    };
  }

  private begin(run: Run): void {
    const { runtime } = this;
    const open = visit(runtime, run.library.connection);
    const { folder } = run.library;
    run.cancel = this.errands.add<CoverMessage>({
      prepare: () => {
        const orders = run.missing.map(remoteId => ({ remoteId, file: folder.cover(remoteId) }));
        return tell => {
          part("app/errand-work").fetchCovers(open(), orders, tell);
        };
      },
      onMessage: message => {
        this.take(run, message);
      },
      onEnd: () => {
        this.end(run);
      },
    });
  }

  private take(run: Run, message: CoverMessage): void {
    if (run.isOver) return;
    if (message.kind === "failed") return this.failed(run, message.failure);
    const { remoteId, kind } = message;
    run.missing = run.missing.filter(id => id !== remoteId);
    const file = run.library.folder.cover(remoteId);
    if (kind === "none") run.library.noteNoCover(remoteId);
    else if (finish(file)) run.shown(remoteId, file);
  }

  private failed({ library }: Run, { reason }: Failure): void {
    if (reason === "unsupported") library.notes.noteLacking("covers", true);
  }

  private end(run: Run | undefined): void {
    if (run === undefined || run.isOver) return;
    run.isOver = true;
    run.cancel();
    if (this.run === run) this.run = undefined;
  }
}
