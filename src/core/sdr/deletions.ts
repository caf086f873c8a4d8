import { sortedKeys } from "../order";
import type { Engine } from "./annotation-item";
import type { Shadow, ShadowAnnotation } from "./shadow";
import type { SidecarView } from "./sidecar";

/**
 * What is known of how a sidecar came to be as it is. `live`: written by a session of KOReader that we watched; `session` names its
 * opening, at which a shadow was taken. `closed`: found so. `removed`: keys of annotations whose removal KOReader reported since the
 * last look, in whatever session.
 */
export type Evidence =
  | { readonly kind: "closed"; readonly removed?: readonly string[] }
  | { readonly kind: "live"; readonly session: string; readonly removed: readonly string[] };

/** What becomes of annotations that are no longer in a sidecar. */
export interface Absences {
  readonly deleted: readonly string[];
  /** They wait for the reader's word. */
  readonly held: readonly string[];
}

const FEW = 3;
const SHARE = 0.2;

/** A key holds the page as JSON: an xpointer is text, a page is a number. */
function engineOfShadow(annotation: ShadowAnnotation): Engine {
  return annotation.key.includes('"page":"') ? "rolling" : "paging";
}

/** Whether this sidecar was written by the session at whose opening the shadow was taken. */
export function isWatched(shadow: Shadow, evidence: Evidence): boolean {
  return evidence.kind === "live" && shadow.session === evidence.session;
}

/**
 * Absence is never a deletion. Deleted is what KOReader reported as removed, or what was there when a watched session began and is
 * gone at its end, as long as it is little: up to three, or a fifth. More than that is held. What a closed sidecar lacks besides is
 * held: nobody saw it go, and an older copy lacks things too. An empty or missing list says nothing at all; it is filled again.
 */
export function judgeAbsences(
  shadow: Shadow,
  missing: readonly string[],
  view: SidecarView,
  evidence: Evidence,
): Absences {
  const watched = isWatched(shadow, evidence);
  const isOfAnother = evidence.kind === "live" && !watched;
  const removed = isOfAnother ? [] : (evidence.removed ?? []);
  const present: Record<Engine, number> = { rolling: 0, paging: 0 };
  for (const annotation of view.annotations) present[annotation.engine] += 1;
  const deleted: string[] = [];
  const unexplained: string[] = [];
  for (const uid of missing) {
    const annotation = shadow.annotations[uid];
    const engine = annotation === undefined ? undefined : engineOfShadow(annotation);
    if (annotation !== undefined && engine !== undefined && view.listed[engine] === true) {
      if (removed.includes(annotation.key)) deleted.push(uid);
      else if (watched || present[engine] > 0) unexplained.push(uid);
    }
  }
  const isLittle = unexplained.length <= FEW || unexplained.length <= sortedKeys(shadow.annotations).length * SHARE;
  return watched && isLittle ? { deleted: deleted.concat(unexplained), held: [] } : { deleted, held: unexplained };
}
