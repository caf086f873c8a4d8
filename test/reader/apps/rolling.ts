/** Moves through a reflowable document. */
import type { RollingDocument } from "../documents/rolling-document";
import { handleOwn, newEvent } from "../loop/events";

const OLDEST_DOM = 20171225;

interface Owner extends KOReader.Widget {
  readonly doc_settings: KOReader.DocSettings;
  readonly view: KOReader.View;
}

export class Rolling implements KOReader.Rolling, KOReader.Widget {
  name = "readerrolling";
  private xpointer = "";
  private currentPage = 1;

  constructor(
    private readonly ui: Owner,
    private readonly document: RollingDocument,
  ) {}

  handleEvent(event: KOReader.Event): boolean | undefined {
    return handleOwn(this, event);
  }

  getLastProgress(): string {
    return this.xpointer;
  }

  getLastPercent(): number {
    return this.currentPage / this.document.getPageCount();
  }

  /** A book that was opened before crengine had versions of its document model keeps the oldest. */
  onReadSettings(settings: KOReader.DocSettings): void {
    const version = settings.has("last_xpointer") ? OLDEST_DOM : this.document.getLatestDomVersion();
    if (settings.hasNot("cre_dom_version")) settings.saveSetting("cre_dom_version", version);
    this.xpointer = (settings.readSetting("last_xpointer") as string | undefined) ?? "";
  }

  /** The first PageUpdate of a book: plugins hear it before their own ReaderReady. */
  onReaderReady(): void {
    if (this.xpointer === "") this.xpointer = this.document.getXPointer();
    this.turnTo(this.document.getPageFromXPointer(this.xpointer));
  }

  /** The engine's own history is switched off once the book is ready, which takes another drawing of the page. */
  redraw(): void {
    this.ui.handleEvent(newEvent("PageUpdate", this.currentPage));
  }

  onPageUpdate(page: number): void {
    this.currentPage = page;
  }

  onSaveSettings(): void {
    this.ui.doc_settings.saveSetting("percent_finished", this.ui.view.footer.percent_finished);
    this.ui.doc_settings.saveSetting("last_xpointer", this.xpointer);
  }

  onGotoPage(page: number): true {
    this.turnTo(page);
    this.xpointer = this.document.getXPointer();
    return true;
  }

  onGotoXPointer(xpointer: string): true {
    this.turnTo(this.document.getPageFromXPointer(xpointer));
    this.xpointer = xpointer;
    return true;
  }

  onGotoPercent(percent: number): true {
    return this.onGotoPage(Math.floor((percent / 100) * this.document.getPageCount() + 0.5));
  }

  onGotoViewRel(pages: number): true {
    const before = this.currentPage;
    this.turnTo(before + pages);
    if (pages > 0 && this.currentPage === before) this.ui.handleEvent(newEvent("EndOfBook"));
    this.xpointer = this.document.getXPointer();
    return true;
  }

  /** While PageUpdate travels, the xpointer is still the one before. */
  private turnTo(page: number): void {
    this.document.gotoPage(page);
    this.ui.handleEvent(newEvent("PageUpdate", this.document.getCurrentPage()));
  }
}
