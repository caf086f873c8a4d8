import { sortedKeys } from "../order";
import type { AnnotationView } from "./annotation-item";
import type { Shadow, ShadowAnnotation } from "./shadow";
import type { SidecarView } from "./sidecar";

/** Which item of a sidecar is which annotation that was there before. */
export interface Matched {
  readonly known: readonly { readonly uid: string; readonly view: AnnotationView }[];
  readonly fresh: readonly AnnotationView[];
  readonly missing: readonly string[];
}

/** Kind and time of creation, the parts of a key that a highlight keeps when its ends are moved. */
function birthOf(key: string): string {
  return key.slice(0, key.indexOf("|") + 1);
}

/** The text of a key from its first end on, and from its second. */
function endsOf(key: string): { first: string; second: string } {
  const parts = key.slice(key.indexOf("|")).split('"pos1":');
  return { first: parts[0] ?? "", second: parts[1] ?? "" };
}

/** Of several that were made in the same second, one that shares an end with it; else the first. */
function movedFrom(view: AnnotationView, candidates: readonly string[], shadow: Shadow): string | undefined {
  const ends = endsOf(view.key);
  const sharing = candidates.find(uid => {
    const others = endsOf(shadow.annotations[uid]?.key ?? "");
    return others.first === ends.first || others.second === ends.second;
  });
  return sharing ?? candidates[0];
}

function uidsByKey(annotations: Readonly<Record<string, ShadowAnnotation>>): Record<string, string> {
  const byKey: Record<string, string> = {};
  for (const uid of sortedKeys(annotations)) {
    const key = annotations[uid]?.key;
    if (key !== undefined && byKey[key] === undefined) byKey[key] = uid;
  }
  return byKey;
}

/** Pairs a sidecar with its shadow: by what an annotation was made of, then by when, for those whose ends were moved. */
export function match(shadow: Shadow, view: SidecarView): Matched {
  const byKey = uidsByKey(shadow.annotations);
  const known: { uid: string; view: AnnotationView }[] = [];
  const left: AnnotationView[] = [];
  const taken: Record<string, true> = {};
  const seen: Record<string, true> = {};
  for (const annotation of view.annotations) {
    const uid = byKey[annotation.key];
    // Of two items that say the same, one is enough.
    if (seen[annotation.key] !== true && uid === undefined) left.push(annotation);
    else if (seen[annotation.key] !== true && uid !== undefined) {
      known.push({ uid, view: annotation });
      taken[uid] = true;
    }
    seen[annotation.key] = true;
  }
  const fresh: AnnotationView[] = [];
  const twins = unmatchedByBirth(shadow, taken);
  for (const annotation of left) {
    const candidates = (twins[birthOf(annotation.key)] ?? []).filter(uid => taken[uid] !== true);
    const moved = movedFrom(annotation, candidates, shadow);
    if (moved === undefined) fresh.push(annotation);
    else {
      known.push({ uid: moved, view: annotation });
      taken[moved] = true;
    }
  }
  return { known, fresh, missing: sortedKeys(shadow.annotations).filter(uid => taken[uid] !== true) };
}

function unmatchedByBirth(shadow: Shadow, taken: Readonly<Record<string, true>>): Record<string, string[]> {
  const byBirth: Record<string, string[]> = {};
  for (const uid of sortedKeys(shadow.annotations)) {
    const birth = birthOf(shadow.annotations[uid]?.key ?? "");
    if (taken[uid] !== true) {
      const others = byBirth[birth];
      if (others === undefined) byBirth[birth] = [uid];
      else others.push(uid);
    }
  }
  return byBirth;
}
