import {
  type Change,
  type DataTable,
  type Engine,
  readShadow,
  recovered,
  shadowText,
  tableOf,
  viewSidecar,
} from "../../core/sdr/index";
import { KoOpenBook } from "../../koreader/sidecars/sidecars";
import { type Seconds, seconds } from "../../core/units";
import type { SidecarSighting } from "../../ports/sidecars";
import { rowOf } from "./afar/change";
import { bookOf, type Note } from "./look";
import { beginSession } from "./opening";
import { onlyOwn, type Staged } from "./staged";
import type { SdrTools, WatchedBook } from "./tools";

/** So many edits are made at once; between them there is room for the reader. */
const FEW = 3;
const BETWEEN = seconds(0.02);
/** In the middle of something readers are for a while. */
const LATER = seconds(2);

/** What is being put in. */
interface Putting {
  readonly staged: Staged;
  /** The shadow that it was worked out from. */
  readonly over: string;
  readonly at: number;
  readonly isAll: boolean;
  readonly done: () => void;
}

/** A book that is opened, read and closed again, as far as its annotations are concerned. */
export class OpenSession implements WatchedBook {
  readonly file: string;
  readonly engine: Engine;
  unseen: SidecarSighting | undefined;
  private readonly open: KoOpenBook;
  /** Opened for the first time, or as if: it is filled with what the others have. */
  private isToFill: boolean;
  private waiting: (Staged & { readonly over: string | undefined }) | undefined;
  private isOver = false;
  /** What came is being put in: what is on screen is neither what it was nor what it is to be. */
  isPutting = false;
  /** What was put into it is not in its file yet. */
  private hasPending = false;
  /** Something came that is put into its file once it is closed. */
  private hasMore = false;

  /** At `DocSettingsLoad`: before anything of KOReader reads the sidecar. */
  constructor(
    private readonly tools: SdrTools,
    readonly session: string,
    ui: KOReader.Ui,
    settings: KOReader.DocSettings,
    document: KOReader.Document,
  ) {
    this.file = document.file;
    this.engine = document.info.has_pages ? "paging" : "rolling";
    this.open = new KoOpenBook(ui, document, settings, session);
    // Never opened here, or its sidecar was reset: looked at once KOReader knows its title, and filled then.
    this.isToFill = settings.hasNot("doc_props");
    if (this.isToFill) this.noteNew(settings.data["partial_md5_checksum"]);
    this.unseen = beginSession(tools, this.file, session, this.isToFill).unseen;
  }

  private noteNew(digest: unknown): void {
    const data = tableOf(type(digest) === "string" ? { partial_md5_checksum: digest as string } : {});
    const book = this.tools.mayDeliver() ? bookOf(this.tools, { file: this.file, data, stamp: "" }) : undefined;
    if (book !== undefined) this.tools.notebook.set("deliver", book, "1");
  }

  /** It has to be looked at before anything can be put into it. */
  isToBeLookedAt(): boolean {
    return this.unseen !== undefined || this.isToFill;
  }

  /** Nothing lies over the book, and nothing is being selected. */
  isFree(): boolean {
    return this.open.isFree();
  }

  /** Something came that is not in it. */
  hasDue(): boolean {
    const { notebook, mayDeliver } = this.tools;
    const book = notebook.sidecar(this.file)?.book;
    if (book === undefined || !mayDeliver()) return false;
    return notebook.get("deliver", book) !== undefined || notebook.get("anchor", book) !== undefined;
  }

  /** The next run finds out what can be put into it; some of it only now that its document can be asked. */
  ask(): void {
    const { notebook } = this.tools;
    const book = notebook.sidecar(this.file)?.book;
    if (book !== undefined && this.hasDue()) notebook.set("deliver", book, "1");
  }

  /** What a run found out, so that nobody has to read the book for a question. */
  stage(staged: Staged): void {
    this.waiting = { ...staged, over: this.shadowNow() };
  }

  private shadowNow(): string | undefined {
    return this.tools.notebook.sidecar(this.file)?.shadow;
  }

  /**
   * What is known and not in the book on screen: what came since it was opened, and what only the document itself could say to be its
   * own. Not before the document is loaded, nor before a run found out.
   */
  staged(): readonly Change[] {
    return this.hasDue() ? (this.ready()?.incoming ?? []) : [];
  }

  /** Whether it is known what to put into it. */
  isReady(): boolean {
    return this.waiting !== undefined && this.waiting.over === this.shadowNow();
  }

  private ready(): Staged | undefined {
    const { waiting } = this;
    if (waiting === undefined || !this.isReady()) return undefined;
    this.waiting = { ...waiting, ...onlyOwn(waiting, (item, origin) => this.open.holds(item, origin)) };
    return this.waiting;
  }

  /** Puts it into the book on screen, some at a time, as soon as the reader is not in the middle of something. */
  putIn(done: () => void): void {
    const staged = this.isPutting ? undefined : this.ready();
    if (staged === undefined) return done();
    this.waiting = undefined;
    this.isPutting = true;
    this.put({ staged, over: this.shadowNow() ?? "", at: 0, isAll: true, done: () => done() });
  }

  private put(putting: Putting): void {
    const { staged, over, at, done } = putting;
    if (this.isOver) return;
    // Looked at meanwhile: what is in already was found then, and the rest is found out anew.
    if (this.shadowNow() !== over) return this.hasPut(done);
    if (!this.open.isFree()) return this.putLater(LATER, putting);
    const { left, there } = this.open.apply(staged.edits.slice(at, at + FEW));
    const isAll = putting.isAll && left.length + there.length === 0;
    if (at + FEW < staged.edits.length) return this.putLater(BETWEEN, { ...putting, at: at + FEW, isAll });
    this.putOver(staged, isAll ? staged.shadow : this.shadowOfWhatIsIn(staged.shadow, over));
    this.hasPut(done);
  }

  private putLater(delay: Seconds, putting: Putting): void {
    this.tools.slices.scheduler.after(delay, () => {
      this.put(putting);
    });
  }

  private hasPut(done: () => void): void {
    this.isPutting = false;
    done();
  }

  private putOver({ edits, hasMore }: Staged, shadow: string): void {
    const { notebook } = this.tools;
    const book = notebook.sidecar(this.file)?.book;
    if (book === undefined) return;
    if (edits.length > 0) this.open.repaint();
    notebook.set("pending", this.file, shadow);
    notebook.set("deliver", book, undefined);
    notebook.set("anchor", book, undefined);
    notebook.flush();
    this.hasPending = true;
    this.hasMore = hasMore;
  }

  private shadowOfWhatIsIn(wanted: string, over: string): string {
    const [before, after] = [readShadow(over), readShadow(wanted)];
    if (!before.ok || !after.ok) return over;
    return shadowText({ ...recovered(before.value, after.value, viewSidecar(this.open.data())), settled: true });
  }

  /** What KOReader reports as removed is the one proof of a deletion. */
  heard(items: KOReader.AnnotationsModified): void {
    const key = this.open.heard(items);
    if (key !== undefined) this.note({ session: this.session, key });
  }

  beforeLook(): void {
    this.promote();
  }

  data(): DataTable {
    return this.open.data();
  }

  afterLook(): void {
    this.unseen = undefined;
    this.isToFill = false;
    this.tools.notebook.set("session", this.file, this.session);
  }

  /** At `CloseDocument`, before KOReader writes the sidecar: what it lacks then was taken out by the reader. */
  close(): void {
    this.isOver = true;
    this.promote();
    const book = this.hasMore ? this.tools.notebook.sidecar(this.file)?.book : undefined;
    if (book !== undefined) this.tools.notebook.set("deliver", book, "1");
    this.note({ session: this.session });
    this.tools.notebook.flush();
  }

  private note(note: Note): void {
    const { notebook, json } = this.tools;
    notebook.store.values.noteDeletion(this.file, json.encode(note));
    // What a worker made meanwhile of what was noted before does not take this away.
    notebook.touch(rowOf.deletions(this.file));
  }

  /** What was put into the open book is in it, whatever the reader has done to it since. */
  private promote(): void {
    const { notebook } = this.tools;
    const pending = this.hasPending ? notebook.get("pending", this.file) : undefined;
    const known = notebook.sidecar(this.file);
    if (pending === undefined || known === undefined) return;
    notebook.setSidecar({ ...known, shadow: pending, stamp: "" });
    notebook.set("pending", this.file, undefined);
    this.hasPending = false;
  }
}
