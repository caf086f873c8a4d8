import { epochOf } from "../timestamp";
import type { AnnotationView } from "./annotation-item";
import { GROUPS, isAlive, seenOf, type AnnotationState, type Group } from "./book-state";
import type { DeltaMaker } from "./delta-maker";
import { fieldText, shadowOf, type ShadowAnnotation } from "./shadow";
import { getText, type LuaValue } from "./lua-value";
import { positionText } from "./annotation-item";
import type { Register } from "./register";
import { baselineHlc, stampDevice, stampOf, type Hlc } from "./stamp";
import { isCovered, joinVectors, withStamp } from "./version-vector";

/** `2026-11-21 08:00:59`, in the local time of whichever device, as if it were UTC. */
export function wallClock(datetime: string | undefined): number | undefined {
  return datetime === undefined ? undefined : epochOf(`${datetime.slice(0, 10)}T${datetime.slice(11, 19)}Z`);
}

/** The value as a group is compared by. */
function groupText(group: Group, value: LuaValue | undefined): string {
  return group === "pos" && typeof value === "object" ? positionText(value) : fieldText(value);
}

function isSaid(register: Register | undefined, group: Group, value: LuaValue | undefined): boolean {
  const text = groupText(group, value);
  if (register === undefined) return text === "" || text === "{}";
  return register.writes.length === 1 && groupText(group, register.writes[0]?.value) === text;
}

/** A write at the time of the annotation's making; a note that would count as seen already is written as of now. */
function sight(maker: DeltaMaker, uid: string, view: AnnotationView, group: Group, known: Register | undefined): Hlc {
  const made = wallClock(getText(view.item, "datetime_updated") ?? getText(view.pos, "datetime"));
  const at = baselineHlc(made);
  const isStale = known !== undefined && isCovered(known.seen, stampOf(at, stampDevice(maker.stamp)));
  const time = isStale && group === "note" ? maker.now() : at;
  maker.write(uid, group, view[group], {}, time);
  return time;
}

/**
 * An annotation that was in the sidecar before we looked: it is published below every real edit, at the wall clock of its making.
 * What the others say already is not said again; what is deleted elsewhere is not raised.
 */
export function firstSight(
  maker: DeltaMaker,
  uid: string,
  view: AnnotationView,
  known: AnnotationState | undefined,
): ShadowAnnotation {
  if (known !== undefined && !isAlive(known)) return shadowOf(view, { [uid]: {} });
  let seen = {};
  let isAllSaid = true;
  for (const group of GROUPS) {
    if (!isSaid(known?.[group], group, view[group])) {
      const time = sight(maker, uid, view, group, known?.[group]);
      seen = withStamp(seen, stampOf(time, stampDevice(maker.stamp)));
      isAllSaid = false;
    }
  }
  if (known === undefined) {
    const text = getText(view.pos, "text") ?? getText(view.note, "note") ?? "";
    maker.tell({ kind: "added", uid, text });
  }
  return shadowOf(view, { [uid]: isAllSaid ? seenOf(known) : joinVectors(seen, {}) });
}
