import { sorted, sortedKeys } from "../order";
import { isHighlight, placeKey } from "./annotation-item";
import { isAlive, type AnnotationState, type BookState } from "./book-state";
import { EMPTY, getText, isTable, tableOf, withKey, type DataTable, type LuaValue } from "./lua-value";
import { latest, type Register, type Write } from "./register";
import { fieldText } from "./shadow";
import { isAfter } from "./stamp";

/** An annotation as every device shows it. */
export interface Shown {
  /** The smallest of `uids`. */
  readonly uid: string;
  /** More than one where two devices marked the same place: shown once, edited and deleted together. */
  readonly uids: readonly string[];
  readonly pos: DataTable;
  readonly sty: DataTable;
  readonly note: DataTable | undefined;
}

/** Between notes that were written without knowing of each other. */
const NOTE_SEPARATOR = "\n-----\n";

function tableIn(writes: readonly Write[]): DataTable | undefined {
  const value = latest(writes)?.value;
  return isTable(value) ? value : undefined;
}

function writesOf(group: readonly AnnotationState[], part: "pos" | "sty" | "note"): Write[] {
  const writes: Write[] = [];
  for (const annotation of group) for (const write of annotation[part]?.writes ?? []) writes.push(write);
  if (writes.length < 2) return writes;
  // One look may have written to several annotations: then the text decides, the same way everywhere.
  return sorted(writes, (a, b) =>
    a.stamp === b.stamp ? fieldText(a.value) < fieldText(b.value) : isAfter(b.stamp, a.stamp),
  );
}

/** All texts, oldest first, none twice. The format is kept where they share one. */
function joinedNote(writes: readonly Write[]): DataTable | undefined {
  const texts: string[] = [];
  const formats: string[] = [];
  for (const { value } of writes) {
    const text = getText(value, "note");
    if (text !== undefined && !texts.includes(text)) {
      texts.push(text);
      const format = getText(value, "note_format") ?? "";
      if (!formats.includes(format)) formats.push(format);
    }
  }
  if (texts.length === 0) return undefined;
  const format = formats.length === 1 && formats[0] !== "" ? formats[0] : undefined;
  return tableOf({ note: texts.join(NOTE_SEPARATOR), note_format: format });
}

function shownOf(uids: readonly string[], group: readonly AnnotationState[]): Shown | undefined {
  const uid = uids[0];
  const newest = tableIn(writesOf(group, "pos"));
  const first = group[0] === undefined ? undefined : tableIn(writesOf([group[0]], "pos"));
  const datetime = getText(first, "datetime");
  if (uid === undefined || newest === undefined || datetime === undefined) return undefined;
  const pos = group.length > 1 ? withKey(newest, "datetime", datetime) : newest;
  const sty = isHighlight(pos) ? (tableIn(writesOf(group, "sty")) ?? EMPTY) : EMPTY;
  return { uid, uids, pos, sty, note: joinedNote(writesOf(group, "note")) };
}

/** What is alive, by the place where it stands: the uids in order. */
function places(state: BookState): Record<string, string[]> {
  const byPlace: Record<string, string[]> = {};
  for (const uid of sortedKeys(state.annotations)) {
    const annotation = state.annotations[uid];
    const pos = annotation === undefined || !isAlive(annotation) ? undefined : tableIn(annotation.pos?.writes ?? []);
    if (pos !== undefined) {
      const key = placeKey(pos);
      const known = byPlace[key];
      if (known === undefined) byPlace[key] = [uid];
      else known.push(uid);
    }
  }
  return byPlace;
}

/** The annotations of a book, by uid: the same on every device that knows the same. */
export function shownAnnotations(state: BookState): Shown[] {
  const byPlace = places(state);
  const all: Shown[] = [];
  for (const key in byPlace) {
    const uids = byPlace[key] ?? [];
    const group: AnnotationState[] = [];
    for (const uid of uids) group.push(state.annotations[uid] ?? {});
    const shown = shownOf(uids, group);
    if (shown !== undefined) all.push(shown);
  }
  return sorted(all, (a, b) => a.uid < b.uid);
}

/** Of statuses set without knowing of each other, a finished book beats one being read; else the later one counts. */
function statusOf(writes: readonly Write[]): LuaValue | undefined {
  const finished: Write[] = [];
  for (const write of writes) if (write.value === "complete" || write.value === "abandoned") finished.push(write);
  const hasComplete = finished.some(write => write.value === "complete");
  return latest(hasComplete ? finished : writes)?.value;
}

/** The value of a field; undefined where it was unset or never set. */
export function shownField(name: string, register: Register | undefined): LuaValue | undefined {
  if (register === undefined) return undefined;
  return name === "summary.status" ? statusOf(register.writes) : latest(register.writes)?.value;
}
