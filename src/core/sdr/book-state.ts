import { joinRegisters, type Register } from "./register";
import { isBaseline } from "./stamp";
import { joinVectors, NOTHING_SEEN, type VersionVector } from "./version-vector";

/**
 * The parts of an annotation that are edited apart: where it stands and what it marks, how it looks, what the reader noted.
 * Recolouring on one device and a note on another are both kept.
 */
export const GROUPS = ["pos", "sty", "note"] as const;
export type Group = (typeof GROUPS)[number];

export interface AnnotationState {
  readonly pos?: Register;
  readonly sty?: Register;
  readonly note?: Register;
  /** What those had seen who deleted it. An edit that none of them had seen keeps it alive. */
  readonly dead?: VersionVector;
}

/**
 * What is known of one book, from all devices; also any part of it, as it travels. Field names contain a dot:
 * `summary.status`, `custom.title`, `set.hyph_lang`, `place.<device>`, `book.<device>`.
 */
export interface BookState {
  readonly fields: Readonly<Record<string, Register>>;
  readonly annotations: Readonly<Record<string, AnnotationState>>;
}

export const EMPTY_STATE: BookState = { fields: {}, annotations: {} };

function joinRecords<Value>(
  a: Readonly<Record<string, Value>>,
  b: Readonly<Record<string, Value>>,
  join: (this: void, one: Value, other: Value) => Value,
): Record<string, Value> {
  const joined: Record<string, Value> = {};
  for (const key in a) {
    const value = a[key];
    if (value !== undefined) joined[key] = value;
  }
  for (const key in b) {
    const value = b[key];
    const known = joined[key];
    if (value !== undefined) joined[key] = known === undefined ? value : join(known, value);
  }
  return joined;
}

function joinAnnotations(a: AnnotationState, b: AnnotationState): AnnotationState {
  const pos = joinRegisters(a.pos, b.pos);
  const sty = joinRegisters(a.sty, b.sty);
  const note = joinRegisters(a.note, b.note);
  const dead = a.dead === undefined || b.dead === undefined ? (a.dead ?? b.dead) : joinVectors(a.dead, b.dead);
  return {
    ...(pos !== undefined && { pos }),
    ...(sty !== undefined && { sty }),
    ...(note !== undefined && { note }),
    ...(dead !== undefined && { dead }),
  };
}

/** What both together know: commutative, associative, idempotent. */
export function joinBooks(a: BookState, b: BookState): BookState {
  return {
    fields: joinRecords(a.fields, b.fields, (one, other) => joinRegisters(one, other) ?? one),
    annotations: joinRecords(a.annotations, b.annotations, joinAnnotations),
  };
}

/** All writes to an annotation that were ever seen, in whichever group. */
export function seenOf(annotation: AnnotationState | undefined): VersionVector {
  let seen = NOTHING_SEEN;
  if (annotation === undefined) return seen;
  for (const group of GROUPS) {
    const register = annotation[group];
    if (register !== undefined) seen = joinVectors(seen, register.seen);
  }
  return seen;
}

/**
 * Whether an annotation is there: nobody deleted it, or somebody edited it who did not know. The first sight of a copy is no
 * edit, so that old copies raise nothing from the dead.
 */
export function isAlive(annotation: AnnotationState): boolean {
  if (annotation.dead === undefined) return true;
  const seen = seenOf(annotation);
  for (const device in seen) {
    const last = seen[device];
    const covered = annotation.dead[device];
    if (last !== undefined && !isBaseline(last) && (covered === undefined || covered < last)) return true;
  }
  return false;
}

/** What travels after a change: each field that changed, and each annotation that changed with all its groups. */
export function changedPart(state: BookState, delta: BookState): BookState {
  const fields: Record<string, Register> = {};
  const annotations: Record<string, AnnotationState> = {};
  for (const name in delta.fields) {
    const register = state.fields[name];
    if (register !== undefined) fields[name] = register;
  }
  for (const uid in delta.annotations) {
    const annotation = state.annotations[uid];
    if (annotation !== undefined) annotations[uid] = annotation;
  }
  return { fields, annotations };
}

/**
 * What was done in one file of a book to annotations that were made in another: with all that is known of them, so that the file's own
 * id shows them without the other's. Whoever is told of it, and parting the two, loses nothing.
 * @param own what is known under the id of that file
 * @param all the same under any of the book's ids
 */
export function madeWhole(delta: BookState, own: BookState, all: BookState): BookState {
  const annotations: Record<string, AnnotationState> = {};
  for (const uid in delta.annotations) {
    const change = delta.annotations[uid];
    const known = own.annotations[uid]?.pos === undefined ? all.annotations[uid] : undefined;
    if (change !== undefined) annotations[uid] = known === undefined ? change : joinAnnotations(known, change);
  }
  return { fields: delta.fields, annotations };
}

export function isEmptyState(state: BookState): boolean {
  for (const _name in state.fields) return false;
  for (const _uid in state.annotations) return false;
  return true;
}
