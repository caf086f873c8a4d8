import { positionText, type AnnotationView } from "./annotation-item";
import type { Group } from "./book-state";
import { jsonText } from "./json-text";
import type { DataTable, LuaValue } from "./lua-value";
import type { VersionVector } from "./version-vector";

/** The texts by which an annotation's groups are compared, and the writes that were shown in them. */
export interface ShadowAnnotation {
  readonly key: string;
  readonly pos: string;
  readonly sty: string;
  readonly note: string;
  /** By uid, because one item may stand for several annotations. */
  readonly seen: Readonly<Record<string, VersionVector>>;
}

export interface ShadowField {
  readonly text: string;
  readonly seen: VersionVector;
}

/** What the sidecar of a book on this device last held, and of which writes that was the picture. */
export interface Shadow {
  readonly annotations: Readonly<Record<string, ShadowAnnotation>>;
  readonly fields: Readonly<Record<string, ShadowField>>;
  /** Gone from the sidecar without evidence that the reader deleted them: they wait for the reader's word. */
  readonly held: Readonly<Record<string, ShadowAnnotation>>;
  /** Uids and field names that others took away before this device joined: they stay here until the reader decides. */
  readonly kept: Readonly<Record<string, true>>;
  /** False until what the other devices know was delivered once: until then nothing is taken away from this sidecar. */
  readonly settled: boolean;
  /** The opening of the book during which this picture was taken. */
  readonly session: string | undefined;
}

function noteText(note: DataTable | undefined): string {
  return note === undefined ? "" : jsonText(note);
}

export function fieldText(value: LuaValue | undefined): string {
  return value === undefined ? "" : jsonText(value);
}

/** How this device sees an annotation now. */
export function shadowOf(view: AnnotationView, seen: Readonly<Record<string, VersionVector>>): ShadowAnnotation {
  return {
    key: view.key,
    pos: positionText(view.pos),
    sty: jsonText(view.sty),
    note: noteText(view.note),
    seen,
  };
}

export const EMPTY_SHADOW: Shadow = {
  annotations: {},
  fields: {},
  held: {},
  kept: {},
  settled: false,
  session: undefined,
};

/** The groups in which two pictures of an annotation differ. */
export function changedGroups(before: ShadowAnnotation, after: ShadowAnnotation): Group[] {
  const groups: Group[] = [];
  if (before.pos !== after.pos) groups.push("pos");
  if (before.sty !== after.sty) groups.push("sty");
  if (before.note !== after.note) groups.push("note");
  return groups;
}
