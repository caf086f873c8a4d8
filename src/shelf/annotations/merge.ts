import type { Annotation, NewAnnotation, Tombstone } from "../store/annotations";
import { onDevice, type Stamped, type WallStamp } from "./wall-clock";

/** What a device says of one annotation. */
export interface Upsert {
  readonly anchor: string;
  readonly anchorEnd: string | null;
  readonly text: string | null;
  readonly note: string | null;
  readonly chapter: string | null;
  readonly color: string | null;
  readonly created: WallStamp | null;
  readonly changed: WallStamp | null;
}

/** What is known at an anchor. */
export interface Known {
  readonly row: Annotation | undefined;
  readonly tombstone: Tombstone | undefined;
}

export type UpsertStep =
  | { readonly kind: "skip"; readonly isRevived: boolean }
  | { readonly kind: "create" | "update"; readonly isRevived: boolean; readonly annotation: NewAnnotation };

/**
 * The newer word wins, by stamps on the device's clock (`offset` as `clockOffset` gives it). An equal stamp overwrites
 * an annotation, but does not undo a deletion.
 */
export function planUpsert(upsert: Upsert, { row, tombstone }: Known, offset: number): UpsertStep {
  const stamp = upsert.changed ?? upsert.created ?? "";
  if (tombstone && stamp <= seen(tombstone.deleted, offset)) return { kind: "skip", isRevived: false };
  const isRevived = tombstone !== undefined;
  if (row && stamp < seen(row.changed, offset)) return { kind: "skip", isRevived };
  return { kind: row ? "update" : "create", isRevived, annotation: annotationOf(upsert, row, stamp) };
}

export type DeleteStep =
  | { readonly kind: "skip" }
  /** The tombstone to write; undefined when a later one stands there. */
  | { readonly kind: "delete"; readonly tombstone: Tombstone | undefined };

/** A deletion takes what is not newer than itself, and is remembered even where nothing was. */
export function planDelete(anchor: string, stamp: WallStamp | null, known: Known, offset: number): DeleteStep {
  const { row, tombstone } = known;
  if (row && seen(row.changed, offset) > (stamp ?? "")) return { kind: "skip" };
  const isKept = tombstone !== undefined && seen(tombstone.deleted, offset) >= (stamp ?? "");
  return { kind: "delete", tombstone: isKept ? undefined : { anchor, deleted: { stamp, isByServer: false } } };
}

/** Null replaces what there was, except the end and the time of making, which older clients leave out. */
function annotationOf(upsert: Upsert, row: Annotation | undefined, stamp: WallStamp): NewAnnotation {
  const { created, changed, ...text } = upsert;
  return {
    ...text,
    anchorEnd: upsert.anchorEnd ?? row?.anchorEnd ?? null,
    cfi: row?.cfi ?? null,
    created: created === null && row ? row.created : byDevice(created),
    changed: byDevice(stamp === "" ? null : stamp),
  };
}

function byDevice(stamp: WallStamp | null): Stamped {
  return { stamp, isByServer: false };
}

function seen(stamped: Stamped, offset: number): WallStamp {
  return onDevice(stamped, offset) ?? "";
}
