import { itemOf, viewOf, type AnnotationView, type Engine } from "./annotation-item";
import { seenOf, type BookState } from "./book-state";
import type { Change } from "./change";
import { claims } from "./claims";
import { deliverFields } from "./deliver-fields";
import { captionOf } from "./diff";
import type { DataTable, LuaValue } from "./lua-value";
import { rewriteLists, type Decisions } from "./rewrite-lists";
import { changedGroups, shadowOf, type Shadow, type ShadowAnnotation } from "./shadow";
import { shownAnnotations, type Shown } from "./shown";
import type { SidecarView } from "./sidecar";
import { isSameVector, type VersionVector } from "./version-vector";
import { sortedKeys } from "../order";

export interface DeliveryInput {
  readonly state: BookState;
  /** What is known of the books that the reader keeps apart from this one. What came from them goes back, unless it was edited here. */
  readonly parted?: BookState;
  /** As the diff of this same view left it. */
  readonly shadow: Shadow;
  readonly view: SidecarView;
  /** The sidecar's data that `view` was read from. */
  readonly data: DataTable;
  /** Settings of class `screen` that the reader wants to travel. */
  readonly chosen?: Readonly<Record<string, true>>;
  /** Whether an annotation that is not here yet may be put into this file: same digest and layout, or found in the document. */
  readonly admits: (this: void, shown: Shown) => boolean;
}

/** What a sidecar becomes. Nothing is written: shown to the reader it is the preview, saved it is the sync. */
export interface Delivery {
  /** The same object as before where nothing changes. */
  readonly data: DataTable;
  /** Custom properties to set in `custom_metadata.lua`, or to take out (undefined). */
  readonly custom: Readonly<Record<string, LuaValue | undefined>>;
  readonly shadow: Shadow;
  readonly incoming: readonly Change[];
  /** Alive, but not at home in this file: they stay in the state and are shown there. */
  readonly unanchored: readonly string[];
}

function isHeld(shadow: Shadow, shown: Shown): boolean {
  for (const uid in shadow.held) {
    for (const each in shadow.held[uid]?.seen) if (shown.uids.includes(each)) return true;
  }
  return false;
}

function allSeen(state: BookState, shown: Shown): Record<string, VersionVector> {
  const seen: Record<string, VersionVector> = {};
  for (const uid of shown.uids) seen[uid] = seenOf(state.annotations[uid]);
  return seen;
}

/** Whether nothing was written to an annotation since this picture of it: then there is nothing to compare. */
function isAsBefore(before: ShadowAnnotation, shown: Shown, state: BookState): boolean {
  let count = 0;
  for (const uid in before.seen) {
    count += 1;
    if (!isSameVector(before.seen[uid] ?? {}, seenOf(state.annotations[uid]))) return false;
  }
  return count === shown.uids.length && shown.uids.every(uid => before.seen[uid] !== undefined);
}

/** Works out, annotation by annotation, what becomes of the lists. */
class Deliverer {
  readonly changes: Change[] = [];
  readonly unanchored: string[] = [];
  readonly decisions: Decisions = { replaced: {}, dropped: {}, added: [] };
  readonly annotations: Record<string, ShadowAnnotation> = {};
  readonly kept: Record<string, true> = {};
  private readonly local: Record<string, AnnotationView> = {};
  private readonly used: Record<string, true> = {};

  constructor(private readonly input: DeliveryInput) {
    for (const view of input.view.annotations) this.local[view.key] ??= view;
  }

  show(shown: Shown, here: readonly string[]): void {
    const owner = here[0];
    if (owner === undefined) this.add(shown);
    else this.update(shown, owner);
    for (const extra of here.slice(1)) this.fold(extra);
  }

  private add(shown: Shown): void {
    if (isHeld(this.input.shadow, shown)) return;
    const item = itemOf(shown, undefined);
    const view = viewOf(item, {});
    if (view === undefined || !this.hasRoom(view.engine) || !this.input.admits(shown)) {
      this.unanchored.push(shown.uid);
      return;
    }
    this.decisions.added.push({ engine: view.engine, item });
    this.annotations[shown.uid] = shadowOf(view, allSeen(this.input.state, shown));
    this.changes.push({ kind: "added", uid: shown.uid, text: captionOf(shown) });
  }

  /** A book whose engine is not known has no list to put anything into. */
  private hasRoom(engine: Engine): boolean {
    return this.input.view.engine !== undefined || this.input.view.listed[engine] === true;
  }

  private update(shown: Shown, owner: string): void {
    const before = this.input.shadow.annotations[owner];
    const local = before === undefined ? undefined : this.local[before.key];
    this.used[owner] = true;
    if (before === undefined || local === undefined) return;
    if (owner === shown.uid && isAsBefore(before, shown, this.input.state)) {
      this.annotations[owner] = before;
      return;
    }
    const item = itemOf(shown, local.item);
    const after = viewOf(item, {});
    if (after === undefined) return;
    const shadow = shadowOf(after, allSeen(this.input.state, shown));
    const groups = changedGroups(before, shadow);
    if (groups.length > 0) {
      this.decisions.replaced[before.key] = item;
      this.changes.push({ kind: "changed", uid: shown.uid, text: captionOf(shown), groups });
    }
    this.annotations[shown.uid] = shadow;
  }

  private fold(owner: string): void {
    const before = this.input.shadow.annotations[owner];
    this.used[owner] = true;
    if (before === undefined) return;
    this.decisions.dropped[before.key] = true;
    this.changes.push({ kind: "folded", uid: owner, text: this.captionHere(before) });
  }

  /** What is here and shown nowhere any more. */
  takeAway(uid: string, before: ShadowAnnotation): void {
    if (this.used[uid] === true) return;
    const { shadow, state, parted } = this.input;
    const isOthers = parted?.annotations[uid]?.pos !== undefined && state.annotations[uid] === undefined;
    if (isOthers && shadow.kept[uid] !== true) {
      this.decisions.dropped[before.key] = true;
      this.changes.push({ kind: "parted", uid, text: this.captionHere(before) });
      return;
    }
    const isGone = shadow.settled && shadow.kept[uid] !== true && state.annotations[uid]?.dead !== undefined;
    if (isGone) {
      this.decisions.dropped[before.key] = true;
      this.changes.push({ kind: "deleted", uid, text: this.captionHere(before) });
      return;
    }
    this.annotations[uid] = before;
    this.kept[uid] = true;
  }

  private captionHere(before: ShadowAnnotation): string {
    const view = this.local[before.key];
    return view === undefined ? "" : captionOf(view);
  }
}

/**
 * Puts what is known of a book into its sidecar. The first time nothing is taken away: what others deleted before this device
 * joined stays here until the reader decides (`kept`). What is held stays as it is.
 */
export function deliver(input: DeliveryInput): Delivery {
  const deliverer = new Deliverer(input);
  const all = shownAnnotations(input.state);
  const here = claims(input.shadow, all);
  for (const shown of all) deliverer.show(shown, here[shown.uid] ?? []);
  for (const uid of sortedKeys(input.shadow.annotations)) {
    const before = input.shadow.annotations[uid];
    if (before !== undefined) deliverer.takeAway(uid, before);
  }
  const listed = rewriteLists(input.data, input.view.engine, deliverer.decisions);
  const fields = deliverFields({ ...input, data: listed });
  const { annotations } = deliverer;
  const kept = { ...deliverer.kept, ...fields.kept };
  const shadow = { ...input.shadow, annotations, fields: fields.shadow, kept, settled: true };
  const incoming = deliverer.changes.concat(fields.changes);
  return { data: fields.data, custom: fields.custom, shadow, incoming, unanchored: deliverer.unanchored };
}
