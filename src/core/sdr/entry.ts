import { failure, success, type Result } from "../result";
import { sorted, sortedKeys } from "../order";
import type { AnnotationState, BookState } from "./book-state";
import { readJson } from "./json-reader";
import { jsonText } from "./json-text";
import {
  get,
  getTable,
  getText,
  isTable,
  listItems,
  listOf,
  tableOf,
  type DataTable,
  type LuaValue,
} from "./lua-value";
import { isBookId, isFieldName, isUid } from "./names";
import type { Register, Write } from "./register";
import { isAfter, isDeviceId, isHlc, isStamp, type Hlc } from "./stamp";
import { isSameVector, joinVectors, withStamp, type VersionVector } from "./version-vector";

/** A part of what is known of one book, as it stands on a line of a segment or in the store. */
export interface Entry {
  readonly book: string;
  readonly state: BookState;
}

function fromVector(vector: VersionVector): DataTable {
  return tableOf(vector);
}

/** `[[stamp, value], …, {seen}]`; a write without value unsets, and `seen` stands only where it says more than the writes. */
function fromRegister(register: Register): DataTable {
  const items: LuaValue[] = [];
  let said: VersionVector = {};
  for (const { stamp, value } of register.writes) {
    items.push(value === undefined ? listOf([stamp]) : listOf([stamp, value]));
    said = withStamp(said, stamp);
  }
  if (!isSameVector(register.seen, said)) items.push(fromVector(register.seen));
  return listOf(items);
}

function fromAnnotation(annotation: AnnotationState): DataTable {
  const { pos, sty, note, dead } = annotation;
  return tableOf({
    p: pos && fromRegister(pos),
    s: sty && fromRegister(sty),
    n: note && fromRegister(note),
    d: dead && fromVector(dead),
  });
}

/** One line of canonical JSON without its end. */
export function entryLine(entry: Entry): string {
  const fields: Record<string, LuaValue> = {};
  const annotations: Record<string, LuaValue> = {};
  for (const name in entry.state.fields) {
    const register = entry.state.fields[name];
    if (register !== undefined) fields[name] = fromRegister(register);
  }
  for (const uid in entry.state.annotations) {
    const annotation = entry.state.annotations[uid];
    if (annotation !== undefined) annotations[uid] = fromAnnotation(annotation);
  }
  return jsonText(tableOf({ b: entry.book, f: tableOf(fields), a: tableOf(annotations) }));
}

export function toVector(value: LuaValue | undefined): VersionVector | undefined {
  if (!isTable(value)) return undefined;
  const vector: Record<string, Hlc> = {};
  for (const device of value.keys) {
    const time = get(value, device);
    if (typeof device === "string" && isDeviceId(device) && typeof time === "string" && isHlc(time))
      vector[device] = time;
  }
  return vector;
}

/** The writes as they stand, each seen by whoever sent them. */
function toRegister(value: LuaValue | undefined): Register | undefined {
  if (!isTable(value)) return undefined;
  const writes: Write[] = [];
  let seen: VersionVector = {};
  for (const item of listItems(value)) {
    const stamp = getText(item, 1);
    if (stamp === undefined) seen = joinVectors(seen, toVector(item) ?? {});
    else if (isStamp(stamp) && !writes.some(write => write.stamp === stamp)) {
      writes.push({ stamp, value: get(item, 2) });
      seen = withStamp(seen, stamp);
    }
  }
  if (writes.length === 0) return undefined;
  return { writes: sorted(writes, (a, b) => isAfter(b.stamp, a.stamp)), seen };
}

function toAnnotation(value: LuaValue | undefined): AnnotationState {
  const pos = toRegister(get(value, "p"));
  const sty = toRegister(get(value, "s"));
  const note = toRegister(get(value, "n"));
  const dead = toVector(get(value, "d"));
  return {
    ...(pos !== undefined && { pos }),
    ...(sty !== undefined && { sty }),
    ...(note !== undefined && { note }),
    ...(dead !== undefined && { dead }),
  };
}

function toState(table: DataTable): BookState {
  const fields: Record<string, Register> = {};
  const annotations: Record<string, AnnotationState> = {};
  const named = getTable(table, "f");
  let index = 0;
  for (const name of named?.keys ?? []) {
    const register = typeof name === "string" && isFieldName(name) ? toRegister(named?.values[index]) : undefined;
    if (typeof name === "string" && register !== undefined) fields[name] = register;
    index += 1;
  }
  const marked = getTable(table, "a");
  index = 0;
  for (const uid of marked?.keys ?? []) {
    if (typeof uid === "string" && isUid(uid)) annotations[uid] = toAnnotation(marked?.values[index]);
    index += 1;
  }
  return { fields, annotations };
}

/** Reads a line. What is no line of ours fails; a part that makes no sense is left out, and so is what a newer version added. */
export function readEntry(line: string): Result<Entry, "garbled"> {
  const read = readJson(line);
  const book = read.ok ? getText(read.value, "b") : undefined;
  if (!read.ok || !isTable(read.value) || book === undefined || !isBookId(book)) return failure("garbled");
  return success({ book, state: toState(read.value) });
}

const MOST_OF_A_LINE = 64;

function hasRoom(state: { readonly count: number }): boolean {
  return state.count < MOST_OF_A_LINE;
}

/** A book's part as lines of at most 64 annotations or fields each: a reader joins them one at a time. */
export function entryLines(entry: Entry): string[] {
  const lines: string[] = [];
  let state = { fields: {} as Record<string, Register>, annotations: {} as Record<string, AnnotationState>, count: 0 };
  const flush = (): void => {
    if (state.count > 0) lines.push(entryLine({ book: entry.book, state }));
    state = { fields: {}, annotations: {}, count: 0 };
  };
  for (const name of sortedKeys(entry.state.fields)) {
    const register = entry.state.fields[name];
    if (!hasRoom(state)) flush();
    if (register !== undefined) state.fields[name] = register;
    state.count += 1;
  }
  for (const uid of sortedKeys(entry.state.annotations)) {
    const annotation = entry.state.annotations[uid];
    if (!hasRoom(state)) flush();
    if (annotation !== undefined) state.annotations[uid] = annotation;
    state.count += 1;
  }
  flush();
  return lines;
}
