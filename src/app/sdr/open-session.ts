import {
  type Change,
  type DataTable,
  deliver,
  type Delivery,
  type Engine,
  itemOf,
  originOf,
  readShadow,
  recovered,
  shadowText,
  type Shown,
  viewSidecar,
} from "../../core/sdr/index";
import { annotationEdits, KoOpenBook, KoOpeningBook, stampOf } from "../../koreader/sidecars/sidecars";
import { rowOf } from "./afar/change";
import { customChanges } from "./deliver-book";
import { bookOf, look, type Looked } from "./look";
import { OneBook } from "./one-book";
import { onlyOwn, type Staged } from "./staged";
import type { SdrTools, WatchedBook } from "./tools";

/** A book that is opened, read and closed again, as far as its annotations are concerned. */
export class OpenSession implements WatchedBook {
  readonly file: string;
  private readonly session: string;
  private readonly open: KoOpenBook;
  readonly engine: Engine;
  private newBook: string | undefined;
  private waiting: Staged | undefined;

  /** At `DocSettingsLoad`: before anything of KOReader reads the sidecar. */
  constructor(
    private readonly tools: SdrTools,
    uuid: string,
    ui: KOReader.Ui,
    settings: KOReader.DocSettings,
    document: KOReader.Document,
  ) {
    this.session = uuid;
    this.file = document.file;
    this.engine = document.info.has_pages ? "paging" : "rolling";
    this.open = new KoOpenBook(ui, document, settings, this.session);
    if (!this.isAsKnown() && tools.mayDeliver()) this.deliverInto(new KoOpeningBook(settings, document));
    tools.notebook.set("session", this.file, this.session);
    tools.notebook.flush();
  }

  /** Nothing changed here since the last look, and nothing came; what only the document can judge has to wait for it. */
  private isAsKnown(): boolean {
    const { notebook, finder } = this.tools;
    const known = notebook.sidecar(this.file);
    if (known === undefined || known.stamp === "" || notebook.get("deliver", known.book) !== undefined) return false;
    const sighting = finder.find(this.file);
    return (
      sighting !== undefined && stampOf(sighting) === known.stamp && notebook.get("pending", this.file) === undefined
    );
  }

  private deliverInto(opening: KoOpeningBook): void {
    const data = opening.data();
    // Never opened here, or its sidecar was reset: looked at once KOReader knows its title, and filled then.
    if (opening.isNew) return this.noteNew(data);
    const looked = this.look(data);
    if (looked === undefined) return;
    const delivery = this.delivery(looked, data, shown => opening.admits(originOf(shown.pos)));
    if (delivery.data !== data) opening.take(delivery.data);
    this.keep(looked, delivery);
  }

  private noteNew(data: DataTable): void {
    const book = bookOf(this.tools, { file: this.file, data, stamp: "" });
    if (book !== undefined) this.tools.notebook.set("deliver", book, "1");
    this.newBook = book;
  }

  private look(data: DataTable): Looked | undefined {
    const sighting = this.tools.finder.find(this.file);
    const reading = sighting?.custom === undefined ? undefined : this.tools.files.read(sighting);
    const custom = reading?.ok === true ? reading.value.custom : undefined;
    const found = { file: this.file, data, stamp: "", engine: this.engine, ...(custom !== undefined && { custom }) };
    return look(this.tools, new OneBook(this.tools.notebook), found);
  }

  private delivery(looked: Looked, data: DataTable, admits: (shown: Shown) => boolean): Delivery {
    const all = new OneBook(this.tools.notebook).allOf(looked.book);
    const view = { ...looked.view, engine: looked.view.engine ?? this.engine };
    const { chosen } = this.tools;
    return deliver({ ...all, shadow: looked.shadow, view, data, chosen, admits: shown => admits(shown) });
  }

  /** It is in the book on screen, and not on the disk yet. */
  private keep(looked: Looked, delivery: Delivery): void {
    const { notebook } = this.tools;
    notebook.set("pending", this.file, shadowText(delivery.shadow));
    const isAll = delivery.unanchored.length === 0 && customChanges(delivery).length === 0;
    notebook.set("deliver", looked.book, isAll ? undefined : "1");
    if (isAll) notebook.set("anchor", looked.book, undefined);
  }

  /** Nothing lies over the book, and nothing is being selected. */
  isFree(): boolean {
    return this.open.isFree();
  }

  /** Something came that is not in it. */
  hasDue(): boolean {
    const book = this.newBook ?? this.tools.notebook.sidecar(this.file)?.book;
    return book !== undefined && this.isDue(book) && this.tools.mayDeliver();
  }

  private isDue(book: string): boolean {
    const { notebook } = this.tools;
    return notebook.get("deliver", book) !== undefined || notebook.get("anchor", book) !== undefined;
  }

  /** What a run found out, so that nobody has to read the book for a question. */
  stage(staged: Staged): void {
    this.waiting = staged;
  }

  /**
   * What is known and not in the book on screen: what came since it was opened, and what only the document itself could say to be its
   * own. Not before the document is loaded.
   */
  staged(): readonly Change[] {
    if (!this.hasDue()) return [];
    if (this.waiting === undefined) return this.prepared()?.delivery.incoming ?? [];
    const incoming = onlyOwn(this.waiting, (item, origin) => this.open.holds(item, origin));
    this.waiting = { incoming, doubtful: [] };
    return incoming;
  }

  private prepared(): { readonly looked: Looked; readonly delivery: Delivery; readonly data: DataTable } | undefined {
    this.promote();
    const data = this.open.data();
    const looked = this.look(data);
    this.tools.notebook.set("session", this.file, this.session);
    if (looked === undefined) return undefined;
    const admits = (shown: Shown) => this.open.holds(itemOf(shown, undefined), originOf(shown.pos));
    return { looked, data, delivery: this.delivery(looked, data, admits) };
  }

  /** Puts it into the book on screen; false while the reader is in the middle of something. */
  apply(): boolean {
    if (!this.open.isFree()) return false;
    this.waiting = undefined;
    const prepared = this.prepared();
    if (prepared === undefined) return true;
    const { looked, data, delivery } = prepared;
    this.open.apply(annotationEdits(data, delivery.data));
    const shadow = recovered(looked.shadow, delivery.shadow, viewSidecar(this.open.data()));
    const { notebook } = this.tools;
    notebook.set("pending", this.file, shadowText({ ...shadow, settled: true }));
    notebook.set("deliver", looked.book, customChanges(delivery).length === 0 ? undefined : "1");
    notebook.set("anchor", looked.book, undefined);
    notebook.flush();
    this.newBook = undefined;
    return true;
  }

  /** What KOReader reports as removed is the one proof of a deletion. */
  heard(items: KOReader.AnnotationsModified): void {
    const key = this.open.heard(items);
    if (key !== undefined) this.note({ session: this.session, key });
  }

  /** Nothing of a book that is still to be filled: what it lacks was never in it. */
  watched(): WatchedBook | undefined {
    return this.newBook === undefined ? this : undefined;
  }

  beforeLook(): void {
    this.promote();
    this.note({ session: this.session });
  }

  data(): DataTable {
    return this.open.data();
  }

  afterLook(): void {
    this.tools.notebook.set("session", this.file, this.session);
  }

  /** At `CloseDocument`, before KOReader writes the sidecar: what it lacks then was taken out by the reader. */
  close(): void {
    this.promote();
    this.note({ session: this.session });
    this.tools.notebook.flush();
  }

  private note(note: { readonly session: string; readonly key?: string }): void {
    const { notebook, json } = this.tools;
    notebook.store.values.noteDeletion(this.file, json.encode(note));
    // What a worker made meanwhile of what was noted before does not take this away.
    notebook.touch(rowOf.deletions(this.file));
  }

  /** What was put into the open book is in it, whatever the reader has done to it since. */
  private promote(): void {
    const { notebook } = this.tools;
    const pending = notebook.get("pending", this.file);
    const known = notebook.sidecar(this.file);
    if (pending === undefined || known === undefined || !readShadow(pending).ok) return;
    notebook.setSidecar({ ...known, shadow: pending, stamp: "" });
    notebook.set("pending", this.file, undefined);
  }
}
