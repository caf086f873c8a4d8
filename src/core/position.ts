import type { Fraction } from "./units";

/** A place in a book. */
export interface Position {
  /** KOReader's xpointer, or a page number as text in a paged document; absent when only the fraction is known. */
  readonly locator?: string;
  readonly fraction: Fraction;
}

/** A place that a server keeps, and who put it there. */
export interface RemotePosition extends Position {
  readonly device?: string;
  /** The server's own stamp; compared for equality only, never as a time. */
  readonly stamp: string;
}

/** Differences smaller than this are one page or two: not worth a jump (Tome's plugin uses the same figure). */
const NOTICEABLE = 0.01;
/** A place this far on is a finished book: whoever opens it again wants to read it, not see its last page. */
const FINISHED = 0.99;

export function isAhead(remote: Position, local: Position): boolean {
  return remote.fraction > local.fraction + NOTICEABLE && remote.fraction < FINISHED;
}

/**
 * What to do with our place when the server shows `remote`:
 * `push` it, leave it because the `same` is there already, or leave what another device put there since we `seen` the server's.
 */
export type PushDecision = "push" | "same" | "moved";

export function decidePush(
  ours: Position,
  remote: RemotePosition | undefined,
  seen: string | undefined,
  ourDevice: string,
): PushDecision {
  if (remote === undefined) return "push";
  if (remote.fraction === ours.fraction && remote.locator === ours.locator) return "same";
  if (remote.stamp === seen || remote.device === ourDevice) return "push";
  return "moved";
}

/** True for a locator that KOReader can read in a rolling document; web readers write others (`epubcfi(…)`). */
export function isXPointer(locator: string): boolean {
  return locator.startsWith("/");
}
