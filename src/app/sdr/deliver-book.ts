import { type Change, type DataTable, deliver, type Delivery, shadowText } from "../../core/sdr/index";
import type { Breathe } from "../../koreader/sidecars/slices";
import type { KeyChange, PreparedWrite, SidecarReading } from "../../ports/sidecars";
import type { WorkerTools, WorkOn } from "./afar/work";
import type { Looked } from "./look";
import { lookAgain } from "./looking";
import { isSameFile, type Staged, stagedFor } from "./staged";
import type { SdrTools } from "./tools";

/** What a closed book becomes. Positions made in another file wait until the document can be asked. */
export function planned({ chosen, one }: WorkerTools, data: DataTable, { book, view, shadow }: Looked): Delivery {
  return deliver({ ...one.allOf(book), shadow, view, data, chosen, admits: shown => isSameFile(data, shown) });
}

/** Corrections of metadata: what is told as taken away has no value. */
export function customChanges({ custom, incoming }: Delivery): KeyChange[] {
  const changes: KeyChange[] = [];
  for (const change of incoming) {
    if ((change.kind !== "set" && change.kind !== "unset") || !change.name.startsWith("custom.")) continue;
    const key = change.name.slice(7);
    const value = custom[key];
    changes.push(value === undefined ? { key } : { key, value });
  }
  return changes;
}

/** What came of one file of a book. */
export interface Delivered {
  readonly file: string;
  readonly book: string;
  readonly incoming: readonly Change[];
  /** To be written here; false where nothing is, or nothing can be. */
  readonly write: PreparedWrite | false;
  /** What the sidecar holds once it is written. */
  readonly shadow: string;
  /** It is to be tried again by the next run. */
  readonly isLeft: boolean;
  /** Of the book on screen, into which nothing is written: what waits for it. */
  readonly staged: Staged | false;
}

/** The files of a book that are closed. */
export interface DeliverTask {
  /** Under each of its names. */
  readonly books: readonly string[];
  readonly files: readonly string[];
  /** One that is on screen; or another one is, which nobody has looked at yet. */
  readonly open: string | boolean;
  /** Only tells what would be. */
  readonly isPreview: boolean;
}

/** In the worker: what becomes of the files of a book, to be written by the parent. */
export const deliverTo: WorkOn<DeliverTask, Delivered> = (tools, { files, open, isPreview }, handIn) => {
  for (const file of files) handIn(deliverToFile(tools, file, isPreview));
  const watched = tools.openBook();
  const found = watched === undefined || watched.file !== open ? undefined : stagedFor(tools, watched);
  if (watched === undefined || found === undefined) return;
  const { book, ...staged } = found;
  handIn({ file: watched.file, book, incoming: [], write: false, shadow: "", isLeft: true, staged });
};

function deliverToFile(tools: WorkerTools, file: string, isPreview: boolean): Delivered | undefined {
  const { notebook, one } = tools;
  const again = lookAgain(tools, one, file);
  if (again === undefined) return undefined;
  const { reading, looked } = again;
  const delivery = planned(tools, reading.data, looked);
  const shadow = shadowText(delivery.shadow);
  const { incoming } = delivery;
  const told: Delivered = { file, book: looked.book, incoming, shadow, write: false, isLeft: false, staged: false };
  if (isPreview) return told;
  // Only the document itself can say whether they are its own: when it is opened.
  if (delivery.unanchored.length > 0) notebook.set("anchor", looked.book, "1");
  if (isIdle(reading, delivery)) {
    notebook.setSidecar({ file, book: looked.book, stamp: tools.stampOf(reading.sighting), shadow });
    return told;
  }
  const keys = tools.keyChanges(reading.data, delivery.data);
  const custom = customChanges(delivery);
  const write = tools.files.prepare(reading, { keys, ...(custom.length > 0 && { custom }) });
  if (!write.ok) return { ...told, isLeft: true };
  notebook.set("pending", file, shadow);
  return { ...told, write: write.value };
}

/** Whether there is nothing that a file would have to be written for. */
const isIdle = ({ data }: SidecarReading, delivery: Delivery): boolean =>
  delivery.data === data && customChanges(delivery).length === 0;

/**
 * Puts what is known into a closed book. Its shadow is kept as pending since before the sidecar is written, and is the shadow after:
 * whatever ends in between, the next look finds out how far it came.
 * @returns false when the book was left as it was, and is to be tried again
 */
export function write(
  tools: SdrTools,
  { file, book, shadow, write: prepared, isLeft }: Delivered,
  breathe: Breathe,
): boolean {
  const { notebook } = tools;
  if (prepared === false) return !isLeft;
  const placed = tools.files.place(prepared, breathe);
  const known = notebook.sidecar(file);
  if (!placed.ok) {
    // It may have been written for all we know: the next look says.
    if (known !== undefined) notebook.setSidecar({ ...known, stamp: "" });
    return false;
  }
  notebook.setSidecar({ file, book, stamp: tools.stampOf(placed.value), shadow });
  notebook.set("pending", file, undefined);
  notebook.flush();
  return true;
}
