import { sorted } from "../order";
import { GROUPS, type AnnotationState, type BookState } from "./book-state";
import type { Entry } from "./entry";
import type { Register } from "./register";
import { PART_BYTES } from "./segment";
import { readSegmentName, type SegmentName } from "./segment-name";
import { stampDevice } from "./stamp";

/** So many files of changes are merged into one; below, a listing is short anyway. */
const ENOUGH = 16;
const PARTS = 24;
/** Whoever puts a file, fetches it or keeps it has all of it in memory. */
const LONGEST_PART = 512 * 1024;
/** Merged at once: some of it is in memory several times over. */
const MOST_AT_ONCE = 1024 * 1024;

function namesOf(listing: readonly string[], device: string): { text: string; name: SegmentName }[] {
  const own: { text: string; name: SegmentName }[] = [];
  for (const text of listing) {
    const name = readSegmentName(text);
    if (name?.device === device) own.push({ text, name });
  }
  return sorted(own, (a, b) => (a.name.seq === b.name.seq ? a.text < b.text : a.name.seq < b.name.seq));
}

/** How long a part shall be so that all of a device's files are few: 48 at most below 12 MB, more only for a larger library. */
export function partLength(total: number): number {
  return Math.min(Math.max(PART_BYTES, Math.ceil(total / PARTS)), LONGEST_PART);
}

type Own = ReturnType<typeof namesOf>[number];

/** As many of these, in their order, as are so long together. */
function within(own: readonly Own[], most: number): Own[] {
  let total = 0;
  return own.filter(({ name }) => (total += name.length) <= most);
}

/**
 * Which of a device's files to merge into snapshots now: none, or its deltas and some snapshots that are still small, the smallest
 * first. Never many at once: a first sync of a large library leaves hundreds, and all of them would be sent, and fetched, again.
 */
export function dueForCompaction(listing: readonly string[], device: string, enough = ENOUGH): string[] {
  const own = namesOf(listing, device);
  const deltas = own.filter(each => each.name.kind === "delta");
  if (deltas.length < enough) return [];
  let total = 0;
  for (const { name } of own) total += name.length;
  const most = partLength(total);
  const small = own.filter(({ name }) => name.kind === "snapshot" && name.length < most / 2);
  const smallest = sorted(small, (a, b) =>
    a.name.length === b.name.length ? a.text < b.text : a.name.length < b.name.length,
  );
  return within(deltas, MOST_AT_ONCE)
    .concat(within(smallest, most))
    .map(({ text }) => text);
}

function isBy(register: Register | undefined, authors: readonly string[]): boolean {
  return register?.writes.some(write => authors.includes(stampDevice(write.stamp))) ?? false;
}

/**
 * An annotation that these authors have a part in stays whole, so that whoever reads this can show it; a deleted one too, because an
 * edit that is still on its way may bring it back. Of others' annotations the mark of a deletion stays.
 */
function annotationPart(annotation: AnnotationState, authors: readonly string[]): AnnotationState | undefined {
  if (GROUPS.some(group => isBy(annotation[group], authors))) return annotation;
  return annotation.dead === undefined ? undefined : { dead: annotation.dead };
}

/**
 * What must stay readable of the replaced entries of one book: writes of these authors that still stand, and every mark of a
 * deletion. What another device wrote over is in that device's files.
 * @param authors Our own device, and those whose files we took over (`retire`).
 */
export function compacted(state: BookState, replaced: BookState, authors: readonly string[]): BookState {
  const fields: Record<string, Register> = {};
  const annotations: Record<string, AnnotationState> = {};
  for (const name in replaced.fields) {
    const register = state.fields[name];
    if (register !== undefined && isBy(register, authors)) fields[name] = register;
  }
  for (const uid in replaced.annotations) {
    const annotation = state.annotations[uid];
    const part = annotation === undefined ? undefined : annotationPart(annotation, authors);
    if (part !== undefined) annotations[uid] = part;
  }
  return { fields, annotations };
}

/** What a device that takes over a retired one's files must publish of a book: everything the other one has standing. */
export function adopted(entry: Entry, retired: string): Entry {
  return { book: entry.book, state: compacted(entry.state, entry.state, [retired]) };
}

/** One of our files that newer ones replace. */
export interface Replaced {
  readonly name: string;
  /** The snapshots that hold what it said. */
  readonly by: readonly string[];
  /** When they were uploaded, in seconds since 1970, and how many syncs ended well since. */
  readonly at: number;
  readonly syncs: number;
}

const A_DAY = 24 * 3600;
/** Syncs that end well before a replaced file goes. More need not be counted. */
export const ENOUGH_SYNCS = 2;

/** Which replaced files may go: what replaces them is listed, for a day and two syncs. Only ever our own. */
export function deletable(
  replaced: readonly Replaced[],
  listing: readonly string[],
  now: number,
  device: string,
): string[] {
  const gone = replaced.filter(
    each =>
      readSegmentName(each.name)?.device === device &&
      each.by.length > 0 &&
      each.by.every(name => listing.includes(name)) &&
      listing.includes(each.name) &&
      now - each.at >= A_DAY &&
      each.syncs >= ENOUGH_SYNCS,
  );
  return gone.map(each => each.name);
}
