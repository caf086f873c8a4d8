/** Highlights, notes and bookmarks of the open book. */
import { sortBy } from "../data/order";
import { handleOwn, newEvent } from "../loop/events";

interface Owner extends KOReader.Widget {
  readonly doc_settings: KOReader.DocSettings;
  readonly document?: KOReader.Document;
  registerPostReaderReadyCallback(callback: (this: void) => void): void;
}

const now = (): string => os.date("%Y-%m-%d %H:%M:%S");

export class AnnotationStore implements KOReader.AnnotationStore, KOReader.Widget {
  name = "readerannotation";
  annotations: KOReader.Annotation[] = [];

  constructor(
    private readonly ui: Owner,
    private readonly document: KOReader.Document,
  ) {}

  handleEvent(event: KOReader.Event): boolean | undefined {
    return handleOwn(this, event);
  }

  /** A list of the other engine is put aside; what others wrote into a closed book is sorted once pages can be compared. */
  onReadSettings(settings: KOReader.DocSettings): void {
    const stored = settings.readSetting("annotations") as KOReader.Annotation[] | undefined;
    const isModified = stored !== undefined && settings.isTrue("annotations_externally_modified");
    const isSwapped = stored !== undefined && !this.isOwnKind(stored);
    this.annotations = isSwapped ? this.swap(settings, stored) : (stored ?? []);
    if (!isModified && !isSwapped) return;
    this.ui.registerPostReaderReadyCallback(() => this.putInOrder());
    settings.delSetting("annotations_externally_modified");
  }

  private isOwnKind([first]: readonly KOReader.Annotation[]): boolean {
    return first !== undefined && (type(first.page) === "number") === this.document.info.has_pages;
  }

  private swap(settings: KOReader.DocSettings, others: KOReader.Annotation[]): KOReader.Annotation[] {
    const [own, other] = this.document.info.has_pages ? ["paging", "rolling"] : ["rolling", "paging"];
    if (others.length > 0) settings.saveSetting(`annotations_${other}`, others);
    const parked = settings.readSetting(`annotations_${own}`) as KOReader.Annotation[] | undefined;
    settings.delSetting(`annotations_${own}`);
    return parked ?? [];
  }

  private putInOrder(): void {
    for (const item of this.annotations) item.pageno = this.pageOf(item);
    sortBy(this.annotations, (a, b) => this.isBefore(a, b));
  }

  onSaveSettings(): void {
    this.ui.doc_settings.saveSetting("annotations", this.annotations);
  }

  onAnnotationsModified(items: KOReader.AnnotationsModified): void {
    const [item] = items as unknown as KOReader.Annotation[];
    if (item !== undefined && items.index_modified === undefined) item.datetime_updated = now();
  }

  addItem(item: KOReader.Annotation): number {
    item.datetime ??= now();
    item.pageno = this.pageOf(item);
    const later = this.annotations.findIndex(other => this.isBefore(item, other));
    const index = later < 0 ? this.annotations.length : later;
    this.annotations.splice(index, 0, item);
    return index + 1;
  }

  /** What the reader's finger does: marks a text on a page, with a note or without. */
  highlight(page: number, text: string, note?: string): void {
    const place = this.document.getPageXPointer?.(page) ?? page;
    const item: KOReader.Annotation = { datetime: now(), drawer: "lighten", color: "yellow", text, page: place };
    item.pos0 = typeof place === "string" ? place : { page: place, x: 10, y: 10 };
    item.pos1 = typeof place === "string" ? endOf(place, text) : { page: place, x: 90, y: 20 };
    if (note !== undefined) item.note = note;
    const index = this.addItem(item);
    const added = note === undefined ? { nb_highlights_added: 1 } : { nb_notes_added: 1 };
    this.ui.handleEvent(newEvent("AnnotationsModified", payload(item, { ...added, index_modified: index })));
  }

  /** KOReader sends no event when the text of a note that is there already is edited. */
  editNote(text: string, note: string): boolean {
    const item = this.find(text);
    if (item !== undefined) item.note = note;
    return item !== undefined;
  }

  removeHighlight(text: string): boolean {
    const item = this.find(text);
    if (item === undefined) return false;
    const index = this.annotations.indexOf(item);
    this.annotations.splice(index, 1);
    const removed = item.note === undefined ? { nb_highlights_added: -1 } : { nb_notes_added: -1 };
    this.ui.handleEvent(newEvent("AnnotationsModified", payload(item, { ...removed, index_modified: -(index + 1) })));
    return true;
  }

  private find(text: string): KOReader.Annotation | undefined {
    return this.annotations.find(item => item.text === text);
  }

  private pageOf(item: KOReader.Annotation): number {
    if (typeof item.page === "number") return item.page;
    return this.document.getPageFromXPointer?.(item.page) ?? 1;
  }

  private isBefore(item: KOReader.Annotation, other: KOReader.Annotation): boolean {
    const [a, b] = [this.pageOf(item), this.pageOf(other)];
    if (a !== b || typeof item.page === "number") return a < b;
    return this.document.compareXPointers?.(item.page, other.page as string) === 1;
  }
}

const endOf = (xpointer: string, text: string): string => string.gsub(xpointer, "%.%d+$", `.${string.len(text)}`)[0];

/** The item in the array part, the counts beside it. */
function payload(item: KOReader.Annotation, counts: object): object {
  return Object.assign([item], counts);
}
