import type { JumpPolicy } from "./preferences";
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
  /** The server's own stamp: compared for equality, and shown as a time, but never used to order. */
  readonly stamp: string;
}

/** Differences smaller than this are one page or two: not worth a jump (Tome's plugin uses the same figure). */
const NOTICEABLE = 0.01;
/** A place this far on is a finished book: whoever opens it again wants to read it, not see its last page. */
const FINISHED = 0.99;

/** Where a server's place lies, seen from ours. */
export type Direction = "same" | "ahead" | "behind";

export function directionOf(remote: Position, local: Position): Direction {
  if (remote.fraction > local.fraction + NOTICEABLE) return remote.fraction < FINISHED ? "ahead" : "same";
  return remote.fraction < local.fraction - NOTICEABLE ? "behind" : "same";
}

/** What the decision about a jump rests on. */
export interface Arrival {
  readonly direction: Direction;
  /** Another device put the place there since we last looked, or since our last push was acknowledged. */
  readonly isNews: boolean;
  /** The reader has turned pages since: whatever we do must not tear them out of the text. */
  readonly hasTurned: boolean;
}

/** `jump` there, `ask` first, `tell` that another device is elsewhere, or do nothing. */
export type ArrivalDecision = "jump" | "ask" | "tell" | "nothing";

/**
 * A place behind ours is of interest only as news: the server always trails a reader whose last push is on its way.
 * Once pages were turned nobody is moved or interrupted; news is told.
 */
export function decideArrival(
  { direction, isNews, hasTurned }: Arrival,
  policies: { readonly jumpAhead: JumpPolicy; readonly jumpBehind: JumpPolicy },
): ArrivalDecision {
  if (direction === "same" || (direction === "behind" && !isNews)) return "nothing";
  const policy = direction === "ahead" ? policies.jumpAhead : policies.jumpBehind;
  if (policy === "never") return "nothing";
  if (hasTurned) return isNews ? "tell" : "nothing";
  return policy;
}

/** By what we know a place again that we put on a server ourselves. */
export interface OwnHand {
  /** A name is no proof: with copied settings two devices have one. */
  readonly device: string;
  /** The stamp of our newest place that the server acknowledged. */
  readonly written: string | undefined;
  /** Places that we may have sent since: their answer was lost, or nobody asked for it any more. */
  readonly tried: readonly Position[];
}

/** Whether we put this place there ourselves. */
export function isOwn(remote: RemotePosition, { device, written, tried }: OwnHand): boolean {
  if (remote.stamp === written) return true;
  return remote.device === device && tried.some(place => isSamePlace(remote, place));
}

function isSamePlace(one: Position, other: Position): boolean {
  return one.fraction === other.fraction && one.locator === other.locator;
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
  hand: OwnHand,
): PushDecision {
  if (remote === undefined) return "push";
  if (isSamePlace(remote, ours)) return "same";
  return remote.stamp === seen || isOwn(remote, hand) ? "push" : "moved";
}

/** True for a locator that KOReader can read in a rolling document; web readers write others (`epubcfi(…)`). */
export function isXPointer(locator: string): boolean {
  return locator.startsWith("/");
}
