import { sorted } from "../order";
import { isAlike, jsonText } from "./json-text";
import type { LuaValue } from "./lua-value";
import { isAfter, type Stamp } from "./stamp";
import { isCovered, joinVectors, withStamp, type VersionVector } from "./version-vector";

/** One write; undefined unsets. */
export interface Write {
  readonly stamp: Stamp;
  readonly value: LuaValue | undefined;
}

/**
 * A multi-value register: the writes that none of the others had seen, oldest first, and all that was ever seen.
 * One write is the rule; two or more are writes made without knowing of each other.
 */
export interface Register {
  readonly writes: readonly Write[];
  readonly seen: VersionVector;
}

/** A register that holds one write, made by somebody who had seen `over` and replaces what it covers. */
export function written(stamp: Stamp, value: LuaValue | undefined, over: VersionVector): Register {
  return { writes: [{ stamp, value }], seen: withStamp(over, stamp) };
}

function textOf(write: Write): string {
  return write.value === undefined ? "" : jsonText(write.value);
}

/** Two devices with one id may have stamped two values alike: then the greater text stays, whoever joins. */
function same(a: Write, b: Write): Write {
  if (isAlike(a.value, b.value)) return a;
  return textOf(a) < textOf(b) ? b : a;
}

/** The writes of `one` that `other` has too, or has not seen yet. */
function surviving(one: Register, other: Register): Write[] {
  const kept: Write[] = [];
  for (const write of one.writes) {
    const twin = other.writes.find(each => each.stamp === write.stamp);
    if (twin !== undefined) kept.push(same(write, twin));
    else if (!isCovered(other.seen, write.stamp)) kept.push(write);
  }
  return kept;
}

/** What both together know. Order and repetition of joins do not matter. */
export function joinRegisters(a: Register | undefined, b: Register | undefined): Register | undefined {
  if (a === undefined || b === undefined || a === b) return a ?? b;
  const writes = surviving(a, b);
  for (const write of surviving(b, a)) {
    if (!writes.some(each => each.stamp === write.stamp)) writes.push(write);
  }
  const inOrder = writes.length < 2 ? writes : sorted(writes, (one, other) => isAfter(other.stamp, one.stamp));
  return { writes: inOrder, seen: joinVectors(a.seen, b.seen) };
}

/** The write that counts where only one can; of two with one stamp, which different registers may have, the last one given. */
export function latest(writes: readonly Write[]): Write | undefined {
  let last: Write | undefined;
  for (const write of writes) if (last === undefined || !isAfter(last.stamp, write.stamp)) last = write;
  return last;
}
