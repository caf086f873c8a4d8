import { sortedKeys } from "../order";
import type { DeltaMaker } from "./delta-maker";
import { isWatched } from "./deletions";
import type { DiffInput } from "./diff";
import { wallClock } from "./first-sight";
import type { LuaValue } from "./lua-value";
import { fieldText, type Shadow, type ShadowField } from "./shadow";
import { shownField } from "./shown";
import { baselineHlc, stampDevice, type Hlc } from "./stamp";

/** Fields that only their own device writes: what others do is no concern of theirs. */
function ownFields(input: DiffInput): Record<string, LuaValue | undefined> {
  const device = stampDevice(input.stamp);
  return { [`place.${device}`]: input.view.place, [`book.${device}`]: input.facts };
}

/** When a value that was there before us was set, as far as anything says so. */
function timeOf(input: DiffInput, name: string): Hlc {
  if (name.startsWith("place.")) return baselineHlc(input.modifiedAt);
  const day = input.view.modified;
  return baselineHlc(name.startsWith("summary.") && day !== undefined ? wallClock(`${day} 00:00:00`) : undefined);
}

/** One field as it is now, against how it was. */
function diffField(
  maker: DeltaMaker,
  input: DiffInput,
  name: string,
  value: LuaValue,
  before: ShadowField | undefined,
): ShadowField {
  const text = fieldText(value);
  if (before?.text === text) return before;
  const known = input.state.fields[name];
  if (input.shadow === undefined) {
    // What was there before we looked yields to every real change, and says nothing new where it agrees.
    if (known !== undefined && fieldText(shownField(name, known)) === text) return { text, seen: known.seen };
    const register = maker.writeField(name, value, {}, timeOf(input, name));
    return { text, seen: register.seen };
  }
  const register = maker.writeField(name, value, before?.seen ?? {});
  if (!name.startsWith("book.")) maker.tell({ kind: "set", name });
  return { text, seen: register.seen };
}

/** Status, rating, review, titles, settings, place. What is gone is unset only if we watched it go. */
export function diffFields(maker: DeltaMaker, input: DiffInput, shadow: Shadow): Record<string, ShadowField> {
  const fields: Record<string, ShadowField> = {};
  const own = ownFields(input);
  for (const name of sortedKeys(input.view.fields)) {
    const value = input.view.fields[name];
    if (value !== undefined) fields[name] = diffField(maker, input, name, value, shadow.fields[name]);
  }
  for (const name of sortedKeys(own)) {
    const value = own[name];
    const before = shadow.fields[name];
    if (value !== undefined) fields[name] = diffField(maker, input, name, value, before);
    else if (before !== undefined) fields[name] = before;
  }
  for (const name of sortedKeys(shadow.fields)) {
    const before = shadow.fields[name];
    if (fields[name] === undefined && before !== undefined && isWatched(shadow, input.evidence)) {
      maker.writeField(name, undefined, before.seen);
      maker.tell({ kind: "unset", name });
    }
  }
  return fields;
}
