import { seconds } from "../../core/units";
import type { Scheduler } from "../../ports/scheduler";
import type { ChangedSidecar, SidecarFiles, SidecarFinder } from "../../ports/sidecars";
import { find, stampOf } from "./find";
import { place } from "./place";
import { prepare } from "./prepare";
import { bookIn, glance, read } from "./read";
import { sweep } from "./sweep";

export { backupsOf } from "./backup";
export { annotationEdits, keyChanges } from "./differences";
export { KoOpenBook } from "./open-book";
export { KoOpeningBook } from "./opening-book";
export { stampOf } from "./find";

/**
 * Everything that touches sidecars on the device; a part, loaded when a reader syncs them.
 *
 * - What changed: `sidecarFinder.sweep`, and `afterClose` for the book that was on screen.
 * - What a closed book says, and saying something else: `sidecarFiles.read`, `sidecarFiles.prepare`, `sidecarFiles.place`.
 * - A book that opens: `new KoOpeningBook` at `DocSettingsLoad`, `take` what core/sdr makes of its `data`; then `new KoOpenBook`.
 * - A book on screen: `KoOpenBook.heard` at `AnnotationsModified`; what was not admitted, and what arrives later, by `apply` of
 *   the `annotationEdits` from its `data` to what core/sdr makes of it. The first time from `ui.registerPostReaderReadyCallback`.
 */
export const sidecarFinder: SidecarFinder = {
  find: book => find(book),
  sweep: (known, changed) => sweep(path => bookIn(path), known, changed),
};

export const sidecarFiles: SidecarFiles = {
  read: sighting => read(sighting),
  glance: sighting => glance(sighting),
  prepare: (reading, change) => prepare(reading, change),
  place: (prepared, breathe) => place(prepared, breathe),
};

/**
 * Finds the sidecar of a book that is being closed once it is written: KOReader sends `CloseDocument` before it writes, and both
 * are done in the same tick. When KOReader itself ends, no tick follows: the next sweep finds it.
 */
export function afterClose(
  scheduler: Scheduler,
  book: string,
  take: (this: void, change: ChangedSidecar) => void,
): void {
  scheduler.after(seconds(0), () => {
    const sighting = find(book);
    if (sighting !== undefined) take({ sighting, stamp: stampOf(sighting) });
  });
}
