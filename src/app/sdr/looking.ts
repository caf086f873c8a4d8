import type { Breathe } from "../../koreader/sidecars/slices";
import type { ChangedSidecar, SidecarReading } from "../../ports/sidecars";
import { bookIdOf, calibreUuidIn, identifiersIn } from "../../core/sdr/index";
import type { AfarWork } from "./afar/afar";
import type { Given } from "./afar/given";
import { giveWithLikes, likely } from "./afar/likely";
import type { WorkOn } from "./afar/work";
import { type Found, look, type Looked } from "./look";
import type { OneBook } from "./one-book";
import { isSameFile } from "./opening";
import type { SdrTools, WatchedBook } from "./tools";

const foundIn = (reading: SidecarReading, stamp: string): Found => ({
  file: reading.sighting.book,
  data: reading.data,
  stamp,
  modified: reading.file.modified,
  ...(reading.custom !== undefined && { custom: reading.custom }),
});

/** The book on screen is looked at as well, and last: of the others KOReader writes nothing meanwhile. */
export function withOpenBook({ notebook, openBook }: SdrTools, files: readonly string[]): readonly string[] {
  const open = openBook();
  open?.beforeLook();
  notebook.flush();
  const others = files.filter(file => file !== open?.file);
  return open === undefined ? others : others.concat(open.file);
}

/** Puts what is known of a book, under any of its names, among what a worker is given. */
export function giveBook(given: Given, one: OneBook, book: string): void {
  for (const id of one.idsOf(book)) giveWithLikes(given, id);
}

/** In the worker: reads what changed, and finds out what happened to it. */
export const lookAt: WorkOn<ChangedSidecar, object> = (tools, { sighting, stamp }, handIn) => {
  const reading = tools.files.read(sighting);
  const open = tools.openBook();
  const found = reading.ok ? foundIn(reading.value, stamp) : undefined;
  if (open?.file === sighting.book) lookAtOpen(tools, tools.one, open, found);
  else if (found !== undefined) look(tools, tools.one, found);
  handIn(undefined);
};

/**
 * A book on screen. Where nobody had looked at it when it was opened, first as it was then, which is in its file until KOReader writes
 * that for the first time: what is gone since, this session has taken out.
 */
function lookAtOpen(tools: SdrTools, one: OneBook, open: WatchedBook, found: Found | undefined): void {
  const { file, session, unseen } = open;
  if (unseen !== undefined && found !== undefined && isSameFile(unseen, tools.finder.find(file))) {
    look(tools, one, { ...found, stamp: "", session, isBeginning: true });
    tools.notebook.set("session", file, session);
  }
  look(tools, one, { file, engine: open.engine, ...found, data: open.data(), stamp: "", session });
}

/** Everything that changed is looked at, a book a task. */
export class Looking implements AfarWork<ChangedSidecar, object> {
  readonly kind = "look";
  private at = 0;
  private done = 0;

  constructor(
    private readonly tools: SdrTools,
    private readonly one: OneBook,
    private readonly files: readonly string[],
    private readonly told: (this: void, done: number) => void,
  ) {}

  next(given: Given, breathe: Breathe): ChangedSidecar | undefined {
    while (this.at < this.files.length) {
      const file = this.files[this.at] ?? "";
      this.at += 1;
      const change = this.mayLookAt(file) ? this.changeOf(file) : undefined;
      if (change !== undefined) {
        this.gather(change, given);
        return change;
      }
      breathe();
    }
    return undefined;
  }

  /** As it is now: what is written from here on is found by the next run. */
  private changeOf(file: string): ChangedSidecar | undefined {
    const { finder, openBook, stampOf } = this.tools;
    const sighting = finder.find(file);
    // Before KOReader saves it for the first time a book has no sidecar.
    if (openBook()?.file === file) return { sighting: sighting ?? { book: file, files: [] }, stamp: "" };
    return sighting === undefined ? undefined : { sighting, stamp: stampOf(sighting) };
  }

  private mayLookAt(file: string): boolean {
    return file !== this.tools.openFile() || file === this.tools.openBook()?.file;
  }

  gather({ sighting }: ChangedSidecar, given: Given): void {
    const known = given.file(sighting.book);
    if (known !== undefined) return giveBook(given, this.one, known.book);
    const { digest, title, authors, identifiers } = this.tools.files.glance(sighting);
    if (digest !== undefined) giveBook(given, this.one, bookIdOf(digest));
    for (const name of likely(title, authors, identifiersIn(identifiers))) given.like(name);
    const calibre = calibreUuidIn(identifiers);
    if (calibre !== undefined) given.like(`cal:${calibre}:rolling`);
  }

  take({ sighting }: ChangedSidecar): void {
    const open = this.tools.openBook();
    if (open?.file === sighting.book) open.afterLook();
    this.done += 1;
    this.told(this.done);
  }
}

/** Reads a closed book again: what it is now, and what of it was not known. */
export function lookAgain(
  tools: SdrTools,
  one: OneBook,
  file: string,
): { readonly reading: SidecarReading; readonly looked: Looked } | undefined {
  const sighting = tools.finder.find(file);
  const reading = sighting === undefined ? undefined : tools.files.read(sighting);
  if (reading?.ok !== true) return undefined;
  const looked = look(tools, one, foundIn(reading.value, tools.stampOf(reading.value.sighting)));
  return looked === undefined ? undefined : { reading: reading.value, looked };
}
