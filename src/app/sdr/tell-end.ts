import type { SdrTarget } from "../../core/sdr-settings";
import type { SdrBookChanges } from "../../ports/sdr-sync";
import type { Runtime } from "../runtime";
import type { RunEnd } from "./order";

/** What a run in the background left behind. */
export interface Aftermath {
  readonly end: RunEnd;
  readonly target: SdrTarget;
  /** Changes that wait for the book on screen. */
  readonly staged: number;
  /** Books whose deletions wait for the reader since this run. */
  readonly newlyHeld: number;
  /** Nothing goes on without the reader. */
  readonly isStopped: boolean;
}

/** Says what a run in the background led to, only where something changed in books here or the reader is needed. */
export function tellEnd({ notices }: Runtime, { end, target, staged, newlyHeld, isStopped }: Aftermath): void {
  if (newlyHeld > 0) return notices().highlightsHeld(newlyHeld);
  switch (end.kind) {
    case "done": {
      if (staged > 0) return notices().highlightsStaged(staged);
      const { books, others } = end.account;
      const came = books.filter(({ incoming, isLater }) => incoming.length > 0 && isLater !== true);
      const [changes, count] = [changesIn(came) + (others?.incoming ?? 0), came.length + (others?.receiving ?? 0)];
      if (count > 0) notices().highlightsCame(changes, count);
      return;
    }
    case "failed":
      if (isStopped) notices().highlightsStopped(end.failure, target);
      return;
    case "emptied":
      return notices().highlightsEmptied(target);
    case "previewed":
    case "stranger":
      return;
  }
}

const changesIn = (books: readonly SdrBookChanges[]): number =>
  books.reduce((sum, { incoming }) => sum + incoming.length, 0);
