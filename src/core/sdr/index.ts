/**
 * The engine of the `.sdr` sync: what the app, the adapters and the screens need of it. docs/sdr-sync.md tells how it works.
 *
 * A run, per book: `readSidecar` → `diff` → `joinBooks` → `changedPart` → `entryLines` → `encodeSegment` → folder →
 * `openSegment` → `readEntry` → `joinBooks` → `deliver` → `toText`.
 */
export { type AnnotationView, type Engine, itemOf, originOf, viewOf } from "./annotation-item";
export {
  type AnnotationState,
  type BookState,
  changedPart,
  EMPTY_STATE,
  type Group,
  isAlive,
  isEmptyState,
  joinBooks,
  madeWhole,
} from "./book-state";
export { type Change } from "./change";
export { adopted, compacted, deletable, dueForCompaction, ENOUGH_SYNCS, partLength, type Replaced } from "./compaction";
export { deliver, type Delivery, type DeliveryInput } from "./deliver";
export { type Evidence } from "./deletions";
export { deviceId, filesOfClone, nextSeq, renamed } from "./devices";
export { diff, type Diff, type DiffInput, heldCount, openedIn, type Sha256 } from "./diff";
export { type Entry, entryLine, entryLines, readEntry } from "./entry";
export { bookFacts, type BookIds, components, namesOf, titleOf, unionOf } from "./identity";
export { likenessesOf, MOST_ALIKE } from "./likeness";
export { apartFrom, joined, link, linkedTo, parted, relinked } from "./links";
export { bookIdOf } from "./names";
export { type FileBeside, fileBeside } from "./file-beside";
export { calibreUuidIn, identifiersIn } from "../identifiers";
export { type ReadFailure, SIDECAR_LIMITS, type Unreadable } from "./limits";
export { readLuaData } from "./lua-reader";
export {
  type DataTable,
  get,
  getNumber,
  getTable,
  getText,
  listItems,
  listOf,
  type LuaKey,
  type LuaValue,
} from "./lua-value";
export { tableOf, withKey } from "./lua-value";
export { luaFile, luaText } from "./lua-writer";
export { type DevicePlace, elsewhere, placesOf } from "./place";
export {
  encodeSegment,
  openSegment,
  packLines,
  readHeader,
  type Segment,
  type SegmentFailure,
  type SegmentFile,
} from "./segment";
export { type SegmentHeader } from "./segment";
export { LONGEST_SEGMENT, readSegmentName, type SegmentName } from "./segment-name";
export { readShadow, shadowText } from "./shadow-text";
export { type Shadow } from "./shadow";
export { shownAnnotations, shownField, type Shown } from "./shown";
export { readSidecar, type SidecarOptions, type SidecarView, viewSidecar } from "./sidecar";
export { factsIn } from "./published";
export { recovered } from "./recovered";
export { classOf, type KeyClass } from "./sidecar-keys";
export { type DeviceId, type Hlc, NEVER, type Stamp, stampOf, tick } from "./stamp";
export {
  type Conflict,
  conflictsOf,
  deleteHeld,
  type Discarded,
  letGo,
  putBack,
  restore,
  settled,
  trashOf,
} from "./trash";
