import type { Breathe } from "../../koreader/sidecars/slices";
import type { AfarWork } from "./afar/afar";
import type { Given } from "./afar/given";
import type { WorkOn } from "./afar/work";
import type { SdrTools } from "./tools";

/** Rows of the store at once: well below a millisecond. */
const PAGE = 100;
/** Files told at once: a sheet of some KiB. */
const TOLD = 200;

/** The stamps that were remembered, by the books' files. */
export interface SweepTask {
  readonly known: Readonly<Record<string, string>>;
}

export interface Swept {
  /** Books whose sidecars are not as they were. */
  readonly files: readonly string[];
}

/** In the worker: looks for sidecars that changed, everywhere on the device. A reset one deletes nothing: its book is filled again. */
export const sweepAll: WorkOn<SweepTask, Swept> = ({ finder }, { known }, handIn) => {
  let files: string[] = [];
  const tell = (): void => {
    if (files.length > 0) handIn({ files });
    files = [];
  };
  finder.sweep(known, ({ sighting }) => {
    files.push(sighting.book);
    if (files.length >= TOLD) tell();
  });
  tell();
};

/** Finds the books to be looked at. Of those that did not change the loop only reads what a sweep compares with. */
export class Sweeping implements AfarWork<SweepTask, Swept> {
  readonly kind = "sweep";
  readonly files: string[] = [];
  private isGiven = false;

  constructor(private readonly tools: SdrTools) {}

  next(_given: Given, breathe: Breathe): SweepTask | undefined {
    if (this.isGiven) return undefined;
    this.isGiven = true;
    return { known: this.known(breathe) };
  }

  gather(): void {}

  take(_task: SweepTask, result: Swept | undefined): void {
    for (const file of result?.files ?? []) this.files.push(file);
  }

  private known(breathe: Breathe): Readonly<Record<string, string>> {
    const { sidecars } = this.tools.notebook.store;
    const known: Record<string, string> = {};
    let page = sidecars.after("", PAGE);
    let last = page[page.length - 1];
    while (last !== undefined) {
      for (const { file, stamp } of page) known[file] = stamp;
      breathe();
      page = sidecars.after(last.file, PAGE);
      last = page[page.length - 1];
    }
    return known;
  }
}
