import { sortedKeys } from "../order";
import { getText } from "./lua-value";
import type { AnnotationView } from "./annotation-item";
import { type AnnotationState, type BookState, type Group, GROUPS } from "./book-state";
import type { Change } from "./change";
import { DeltaMaker } from "./delta-maker";
import { judgeAbsences, type Evidence } from "./deletions";
import { diffFields } from "./diff-fields";
import type { DataTable } from "./lua-value";
import { match } from "./match";
import { changedGroups, EMPTY_SHADOW, shadowOf, type Shadow, type ShadowAnnotation } from "./shadow";
import { firstSight } from "./first-sight";
import type { SidecarView } from "./sidecar";
import type { Stamp } from "./stamp";
import { withStamp, type VersionVector } from "./version-vector";

/** SHA-256 of a string of bytes, as 64 lower-case hex digits. */
export type Sha256 = (this: void, bytes: string) => string;

export interface DiffInput {
  /** What the sidecar held when it was last looked at; undefined at first sight. */
  readonly shadow: Shadow | undefined;
  readonly view: SidecarView;
  /** What is known of this book so far. */
  readonly state: BookState;
  readonly evidence: Evidence;
  /** The stamp of this look: a fresh tick of the clock, and our device. No other look has it. */
  readonly stamp: Stamp;
  readonly sha256: Sha256;
  /** What identifies the book here (`bookFacts`), to be published. */
  readonly facts?: DataTable;
  /** When the sidecar was written, in seconds since 1970: dates the place at first sight. */
  readonly modifiedAt?: number;
}

export interface Diff {
  /** The writes that say what happened here; to be joined with the state, then sent as `changedPart`. */
  readonly delta: BookState;
  readonly shadow: Shadow;
  readonly outgoing: readonly Change[];
}

/** What a reader would know an annotation by. */
export function captionOf(view: { readonly pos: DataTable; readonly note: DataTable | undefined }): string {
  return getText(view.pos, "text") ?? getText(view.note, "note") ?? "";
}

/** What else has to be said of an annotation that nobody knows in this book: it came with another one that it was parted from. */
function missingGroups(known: AnnotationState | undefined, view: AnnotationView, changed: readonly Group[]): Group[] {
  if (known?.pos !== undefined) return [];
  const there = GROUPS.filter(group => (group === "note" ? view.note !== undefined : view[group].keys.length > 0));
  return there.filter(group => !changed.includes(group));
}

/** Writes what the reader changed to each annotation that this item stands for; returns the new picture. */
function edit(
  maker: DeltaMaker,
  uid: string,
  before: ShadowAnnotation,
  view: AnnotationView,
  state: BookState,
): ShadowAnnotation {
  const after = shadowOf(view, before.seen);
  const groups = changedGroups(before, after);
  if (groups.length === 0) return after;
  const seen: Record<string, VersionVector> = {};
  for (const each in before.seen) {
    const over = before.seen[each] ?? {};
    for (const group of groups.concat(missingGroups(state.annotations[each], view, groups)))
      maker.write(each, group, view[group], over);
    seen[each] = withStamp(over, maker.stamp);
  }
  maker.tell({ kind: "changed", uid, text: captionOf(view), groups });
  return { ...after, seen };
}

function create(maker: DeltaMaker, uid: string, view: AnnotationView): ShadowAnnotation {
  maker.write(uid, "pos", view.pos, {});
  if (view.sty.keys.length > 0) maker.write(uid, "sty", view.sty, {});
  if (view.note !== undefined) maker.write(uid, "note", view.note, {});
  maker.tell({ kind: "added", uid, text: captionOf(view) });
  return shadowOf(view, { [uid]: withStamp({}, maker.stamp) });
}

/** Eighty bits of what it was made of: devices that have copies of one annotation agree on it without having met. */
export function uidOf(key: string, sha256: Sha256): string {
  return sha256(key).slice(0, 20);
}

function diffAnnotations(maker: DeltaMaker, input: DiffInput, shadow: Shadow): Shadow {
  const matched = match(shadow, input.view);
  const annotations: Record<string, ShadowAnnotation> = {};
  for (const { uid, view } of matched.known) {
    const before = shadow.annotations[uid];
    if (before !== undefined) annotations[uid] = edit(maker, uid, before, view, input.state);
  }
  const back: Record<string, true> = {};
  for (const view of matched.fresh) {
    const uid = uidOf(view.key, input.sha256);
    const isNew = input.shadow !== undefined && input.state.annotations[uid] === undefined;
    annotations[uid] = isNew ? create(maker, uid, view) : firstSight(maker, uid, view, input.state.annotations[uid]);
    back[uid] = true;
  }
  const held: Record<string, ShadowAnnotation> = {};
  for (const uid in shadow.held) {
    const waiting = shadow.held[uid];
    if (waiting !== undefined && back[uid] !== true) held[uid] = waiting;
  }
  const absences = judgeAbsences(shadow, matched.missing, input.view, input.evidence);
  for (const uid of absences.deleted) maker.bury(uid, shadow.annotations[uid]);
  for (const uid of absences.held) {
    const before = shadow.annotations[uid];
    if (before !== undefined) held[uid] = before;
  }
  return { ...shadow, annotations, held };
}

/**
 * What happened to a sidecar since it was last looked at, as writes. Content is compared with the shadow, never times: KOReader does
 * not stamp every edit. Session: a look at the opening of a book marks its shadow with `openedIn`.
 */
export function diff(input: DiffInput): Diff {
  const maker = new DeltaMaker(input.stamp);
  const before = input.shadow ?? EMPTY_SHADOW;
  const looked = diffAnnotations(maker, input, before);
  const fields = diffFields(maker, input, before);
  return { delta: maker.delta(), shadow: { ...looked, fields, session: undefined }, outgoing: maker.changes };
}

/** The shadow of a book that is being opened: what is gone at the end of that session was there at its beginning. */
export function openedIn(shadow: Shadow, session: string): Shadow {
  return { ...shadow, session };
}

/** How many annotations wait for the reader's word, of how many. */
export function heldCount(shadow: Shadow): { readonly held: number; readonly of: number } {
  const held = sortedKeys(shadow.held).length;
  return { held, of: held + sortedKeys(shadow.annotations).length };
}
