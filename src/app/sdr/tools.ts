import type { DataTable, Engine } from "../../core/sdr/index";
import type { AnnotationEdit } from "../../ports/open-sidecar";
import type { KeyChange, SidecarFiles, SidecarFinder, SidecarSighting } from "../../ports/sidecars";
import type { SdrSpoolFolder } from "../../koreader/sdr-spool";
import type { SliceTools } from "../../koreader/sidecars/slices";
import type { Errands } from "../errands";
import type { LookTools } from "./look";
import type { Staged } from "./staged";
import type { Urgent } from "./urgent";

/** A book on screen. What the reader does in it is on no disk before KOReader writes its sidecar. */
export interface WatchedBook {
  readonly file: string;
  readonly engine: Engine;
  readonly session: string;
  /** Its sidecar at the opening, as long as it has not been looked at since. */
  readonly unseen: SidecarSighting | undefined;
  /** Before a look: what was put into it is in it, and what it lacks was taken out by the reader. */
  beforeLook(): void;
  /** As a sidecar of it would be now. In a worker: as it was at the fork. */
  data(): DataTable;
  /** After a look: the sitting goes on. */
  afterLook(): void;
  /** Something came for it. */
  stage(staged: Staged): void;
}

/** All that a run is made of; one for as long as KOReader runs, so that nobody overwrites what another is about to write. */
export interface SdrTools extends LookTools {
  readonly files: SidecarFiles;
  readonly keyChanges: (this: void, before: DataTable, after: DataTable) => readonly KeyChange[];
  readonly annotationEdits: (this: void, before: DataTable, after: DataTable) => readonly AnnotationEdit[];
  readonly stampOf: (this: void, sighting: SidecarSighting) => string;
  readonly finder: SidecarFinder;
  readonly slices: SliceTools;
  /** The scheduler of the slices. */
  readonly urgent: Urgent;
  readonly spool: SdrSpoolFolder;
  readonly line: Errands;
  /** False until the reader has seen what the other devices would bring: until then no book is changed. */
  readonly mayDeliver: (this: void) => boolean;
  /** What the reader calls this device. */
  readonly label: (this: void) => string;
  /** The book on screen: its sidecar is KOReader's until it is closed. */
  readonly openFile: (this: void) => string | undefined;
  /** The same book, to be looked at while it is open; nothing while nobody knows what its sidecar was. */
  readonly openBook: (this: void) => WatchedBook | undefined;
}
