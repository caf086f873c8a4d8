import {
  type BookState,
  type DataTable,
  deliver,
  type Delivery,
  getNumber,
  getText,
  originOf,
  type Shadow,
  type Shown,
  shadowText,
} from "../../core/sdr/index";
import type { KeyChange, SidecarFiles, SidecarReading } from "../../ports/sidecars";
import type { LookTools, Looked } from "./look";

export interface DeliverTools extends LookTools {
  readonly files: SidecarFiles;
  readonly keyChanges: (this: void, before: DataTable, after: DataTable) => readonly KeyChange[];
  readonly stampOf: (this: void, reading: SidecarReading) => string;
}

/** Of a closed book: positions made in the same file and document model. The rest waits until the document can be asked. */
function isSameFile(data: DataTable, shown: Shown): boolean {
  const { md5, dom } = originOf(shown.pos);
  return (
    md5 !== undefined && md5 === getText(data, "partial_md5_checksum") && dom === getNumber(data, "cre_dom_version")
  );
}

/** What a closed book becomes. */
export function planned(tools: LookTools, state: BookState, data: DataTable, { view, shadow }: Looked): Delivery {
  return deliver({ state, shadow, view, data, chosen: tools.chosen, admits: shown => isSameFile(data, shown) });
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

/** Whether there is anything that a file would have to be written for. */
export const isIdle = ({ data }: SidecarReading, delivery: Delivery): boolean =>
  delivery.data === data && customChanges(delivery).length === 0;

/**
 * Puts what is known into a closed book. Its shadow is kept as pending before the sidecar is written, and as the shadow after: whatever
 * ends in between, the next look finds out how far it came.
 * @returns false when the book was left as it was, and is to be tried again
 */
export function write(tools: DeliverTools, reading: SidecarReading, looked: Looked, delivery: Delivery): boolean {
  const { notebook } = tools;
  const { book: file } = reading.sighting;
  if (isIdle(reading, delivery)) {
    keepShadow(tools, file, looked, delivery.shadow, tools.stampOf(reading));
    return true;
  }
  notebook.set("pending", file, shadowText(delivery.shadow));
  notebook.flush();
  const keys = tools.keyChanges(reading.data, delivery.data);
  const custom = customChanges(delivery);
  const written = tools.files.write(reading, { keys, ...(custom.length > 0 && { custom }) });
  if (!written.ok) {
    // It may have been written for all we know: the next look says.
    notebook.setSidecar({ ...sidecarOf(tools, file, looked), stamp: "" });
    return false;
  }
  keepShadow(tools, file, looked, delivery.shadow, tools.stampOf(written.value));
  notebook.set("pending", file, undefined);
  return true;
}

const sidecarOf = (tools: LookTools, file: string, looked: Looked) =>
  tools.notebook.sidecar(file) ?? { file, book: looked.book, stamp: "", shadow: shadowText(looked.shadow) };

export function keepShadow(tools: LookTools, file: string, looked: Looked, shadow: Shadow, stamp: string): void {
  tools.notebook.setSidecar({ file, book: looked.book, stamp, shadow: shadowText(shadow) });
}
