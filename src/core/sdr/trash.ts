import { sortedKeys } from "../order";
import { captionOf } from "./diff";
import { GROUPS, isAlive, seenOf, type AnnotationState, type BookState, type Group } from "./book-state";
import { getText, isTable, type DataTable, type LuaValue } from "./lua-value";
import { latest, written, type Write } from "./register";
import type { Shadow, ShadowAnnotation } from "./shadow";
import type { Stamp } from "./stamp";

/** A deleted annotation whose content is still known. */
export interface Discarded {
  readonly uid: string;
  readonly text: string;
  readonly note: string;
  readonly pos: DataTable;
}

function value(annotation: AnnotationState, group: Group): LuaValue | undefined {
  return latest(annotation[group]?.writes ?? [])?.value;
}

export function trashOf(state: BookState): Discarded[] {
  const discarded: Discarded[] = [];
  for (const uid of sortedKeys(state.annotations)) {
    const annotation = state.annotations[uid];
    const pos = annotation === undefined || isAlive(annotation) ? undefined : value(annotation, "pos");
    if (annotation !== undefined && isTable(pos)) {
      const note = getText(value(annotation, "note"), "note") ?? "";
      discarded.push({ uid, text: captionOf({ pos, note: undefined }), note, pos });
    }
  }
  return discarded;
}

/** Brings an annotation back on every device: a new write of its position, which no deletion has seen. */
export function restore(state: BookState, uid: string, stamp: Stamp): BookState | undefined {
  const annotation = state.annotations[uid];
  const pos = annotation === undefined ? undefined : value(annotation, "pos");
  if (pos === undefined) return undefined;
  return { fields: {}, annotations: { [uid]: { pos: written(stamp, pos, seenOf(annotation)) } } };
}

/** Values that were written without knowing of each other; the first one counts, or both for a note. */
export interface Conflict {
  /** A field's name, or an annotation's uid and group. */
  readonly name: string;
  readonly uid?: string;
  readonly group?: Group;
  readonly writes: readonly Write[];
}

export function conflictsOf(state: BookState): Conflict[] {
  const conflicts: Conflict[] = [];
  for (const name of sortedKeys(state.fields)) {
    const writes = state.fields[name]?.writes ?? [];
    if (writes.length > 1) conflicts.push({ name, writes });
  }
  for (const uid of sortedKeys(state.annotations)) {
    for (const group of GROUPS) {
      const writes = state.annotations[uid]?.[group]?.writes ?? [];
      if (writes.length > 1) conflicts.push({ name: `${uid}.${group}`, uid, group, writes });
    }
  }
  return conflicts;
}

/** "Use the other one": a new write of this value over everything known. */
export function settled(state: BookState, conflict: Conflict, chosen: LuaValue | undefined, stamp: Stamp): BookState {
  const { uid, group } = conflict;
  if (uid === undefined || group === undefined) {
    const over = state.fields[conflict.name]?.seen ?? {};
    return { fields: { [conflict.name]: written(stamp, chosen, over) }, annotations: {} };
  }
  const over = seenOf(state.annotations[uid]);
  return { fields: {}, annotations: { [uid]: { [group]: written(stamp, chosen, over) } } };
}

function without(
  held: Readonly<Record<string, ShadowAnnotation>>,
  uids: readonly string[],
): Record<string, ShadowAnnotation> {
  const left: Record<string, ShadowAnnotation> = {};
  for (const uid in held) {
    const annotation = held[uid];
    if (annotation !== undefined && !uids.includes(uid)) left[uid] = annotation;
  }
  return left;
}

/** "Put back": the next delivery puts them into the sidecar again. */
export function putBack(shadow: Shadow, uids: readonly string[]): Shadow {
  return { ...shadow, held: without(shadow.held, uids) };
}

/** "Delete everywhere": with the reader's word as the evidence. What others edited meanwhile stays. */
export function deleteHeld(shadow: Shadow, uids: readonly string[]): { delta: BookState; shadow: Shadow } {
  const annotations: Record<string, AnnotationState> = {};
  for (const uid of uids) {
    const seen = shadow.held[uid]?.seen ?? {};
    for (const each in seen) annotations[each] = { dead: seen[each] ?? {} };
  }
  return { delta: { fields: {}, annotations }, shadow: putBack(shadow, uids) };
}

/** Ends the protection of what was there before this device joined: the next delivery takes it away. */
export function letGo(shadow: Shadow, names: readonly string[]): Shadow {
  const kept: Record<string, true> = {};
  for (const name in shadow.kept) if (!names.includes(name)) kept[name] = true;
  return { ...shadow, kept };
}
