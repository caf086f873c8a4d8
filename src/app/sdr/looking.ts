import type { Breathe } from "../../koreader/sidecars/slices";
import type { ChangedSidecar, SidecarReading, SlicedWork } from "../../ports/sidecars";
import { type Found, look, type Looked } from "./look";
import type { OneBook } from "./one-book";
import type { SdrTools } from "./tools";

export const foundIn = (reading: SidecarReading, stamp: string): Found => ({
  file: reading.sighting.book,
  data: reading.data,
  stamp,
  modified: reading.file.modified,
  ...(reading.custom !== undefined && { custom: reading.custom }),
});

/** Looks for sidecars that changed: everywhere, or only where a book was just closed. */
export function findChanged(
  { finder, notebook }: SdrTools,
  files: readonly string[] | "all",
  done: (this: void, changed: readonly ChangedSidecar[]) => void,
): SlicedWork | undefined {
  const changed: ChangedSidecar[] = [];
  if (files !== "all") {
    for (const file of files) {
      const sighting = finder.find(file);
      if (sighting !== undefined) changed.push({ sighting, stamp: "" });
    }
    done(changed);
    return undefined;
  }
  return finder.sweep(notebook.store.sidecars.files(), {
    stampOf: file => notebook.sidecar(file)?.stamp,
    changed: change => {
      changed.push(change);
    },
    // A reset sidecar deletes nothing: it is filled again when the book is opened the next time.
    gone: () => {},
    done: () => {
      done(changed);
    },
  });
}

/** Reads what changed, a book at a time. */
export function lookAtAll(
  tools: SdrTools,
  one: OneBook,
  changed: readonly ChangedSidecar[],
  breathe: Breathe,
  told: (this: void, done: number) => void,
): void {
  let done = 0;
  for (const { sighting, stamp } of changed) {
    done += 1;
    if (sighting.book !== tools.openFile()) {
      const reading = tools.files.read(sighting);
      breathe();
      // Opened meanwhile: what was read is what the session began with.
      if (reading.ok && sighting.book !== tools.openFile()) look(tools, one, foundIn(reading.value, stamp));
      breathe();
      if (tools.notebook.isFull()) tools.notebook.flush();
    }
    told(done);
    breathe();
  }
  tools.notebook.flush();
}

/** Reads a closed book again: what it is now, and what of it was not known. */
export function lookAgain(
  tools: SdrTools,
  one: OneBook,
  file: string,
  breathe: Breathe,
): { readonly reading: SidecarReading; readonly looked: Looked } | "open" | undefined {
  const sighting = tools.finder.find(file);
  const reading = sighting === undefined ? undefined : tools.files.read(sighting);
  if (reading?.ok !== true) return undefined;
  breathe();
  if (tools.openFile() === file) return "open";
  const looked = look(tools, one, foundIn(reading.value, tools.stampOf(reading.value)));
  return looked === undefined ? undefined : { reading: reading.value, looked };
}
