import { match } from "./match";
import {
  changedGroups,
  EMPTY_SHADOW,
  fieldText,
  shadowOf,
  type Shadow,
  type ShadowAnnotation,
  type ShadowField,
} from "./shadow";
import type { SidecarView } from "./sidecar";

/** The entries of the shadow that was to be, as far as the sidecar shows just what they say. */
function arrived(pending: Shadow, view: SidecarView): Record<string, ShadowAnnotation> {
  const annotations: Record<string, ShadowAnnotation> = {};
  for (const known of match(pending, view).known) {
    const entry = pending.annotations[known.uid];
    const isSame = entry !== undefined && changedGroups(entry, shadowOf(known.view, entry.seen)).length === 0;
    if (entry !== undefined && isSame) annotations[known.uid] = entry;
  }
  return annotations;
}

/**
 * The shadow to go on with when a sidecar was perhaps written, and its new shadow not kept any more: a crash between the two. What the
 * sidecar shows as it was delivered was delivered; the rest is as it was before.
 */
export function recovered(before: Shadow | undefined, pending: Shadow, view: SidecarView): Shadow {
  const old = before ?? EMPTY_SHADOW;
  const annotations = arrived(pending, view);
  const replaced: Record<string, true> = {};
  for (const uid in annotations) for (const each in annotations[uid]?.seen) replaced[each] = true;
  const gone: Record<string, true> = {};
  for (const uid of match(old, view).missing) if (pending.annotations[uid] === undefined) gone[uid] = true;
  for (const uid in old.annotations) {
    const entry = old.annotations[uid];
    if (entry !== undefined && replaced[uid] !== true && gone[uid] !== true) annotations[uid] = entry;
  }
  const fields: Record<string, ShadowField> = { ...old.fields };
  for (const name in pending.fields) {
    const entry = pending.fields[name];
    if (entry !== undefined && entry.text === fieldText(view.fields[name])) fields[name] = entry;
  }
  return { ...old, annotations, fields, kept: { ...old.kept, ...pending.kept } };
}
