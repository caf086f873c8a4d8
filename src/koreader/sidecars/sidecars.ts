import type { SidecarFiles, SidecarFinder } from "../../ports/sidecars";
import { find } from "./find";
import { place } from "./place";
import { prepare } from "./prepare";
import { bookIn, glance, read } from "./read";
import { sweep } from "./sweep";

export { backupsOf } from "./backup";
export { annotationEdits, keyChanges } from "./differences";
export { KoOpenBook } from "./open-book";
export { stampOf } from "./find";

/**
 * Everything that touches sidecars on the device; a part, loaded when a reader syncs them.
 *
 * - What changed: `sidecarFinder.sweep`.
 * - What a closed book says, and saying something else: `sidecarFiles.read`, `sidecarFiles.prepare`, `sidecarFiles.place`.
 * - A book that opens: `new KoOpenBook` at `DocSettingsLoad`.
 * - A book on screen: `KoOpenBook.heard` at `AnnotationsModified`; what arrives for it by `apply` of the `annotationEdits` from its
 *   `data` to what core/sdr makes of it, once its document is there.
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
