/** Moves through a document of fixed pages. */
import { handleOwn, newEvent } from "../loop/events";

interface Owner extends KOReader.Widget {
  readonly doc_settings: KOReader.DocSettings;
  readonly view: KOReader.View;
}

export class Paging implements KOReader.Paging, KOReader.Widget {
  name = "readerpaging";
  current_page = 0;

  constructor(
    private readonly ui: Owner,
    private readonly document: KOReader.Document,
  ) {}

  handleEvent(event: KOReader.Event): boolean | undefined {
    return handleOwn(this, event);
  }

  getLastProgress(): number {
    return this.current_page;
  }

  getLastPercent(): number {
    return this.current_page / this.document.getPageCount();
  }

  /** Emits the first PageUpdate, before the document is ready. */
  onReadSettings(settings: KOReader.DocSettings): void {
    this.turnTo((settings.readSetting("last_page") as number | undefined) ?? 1);
  }

  onPageUpdate(page: number): void {
    this.current_page = page;
  }

  onSaveSettings(): void {
    this.ui.doc_settings.saveSetting("last_page", this.current_page);
    this.ui.doc_settings.saveSetting("percent_finished", this.ui.view.footer.percent_finished);
  }

  onGotoPage(page: number): true {
    if (page === this.current_page) this.ui.handleEvent(newEvent("PageUpdate", page));
    else this.turnTo(page);
    return true;
  }

  onGotoPercent(percent: number): true {
    return this.onGotoPage(Math.floor((percent / 100) * this.document.getPageCount() + 0.5));
  }

  onGotoViewRel(pages: number): true {
    const wanted = this.current_page + pages;
    if (wanted > this.document.getPageCount() && pages > 0 && this.current_page === this.document.getPageCount()) {
      this.ui.handleEvent(newEvent("EndOfBook"));
    } else {
      this.turnTo(wanted);
    }
    return true;
  }

  private turnTo(page: number): void {
    const bounded = Math.min(Math.max(page, 1), this.document.getPageCount());
    if (bounded !== this.current_page) this.ui.handleEvent(newEvent("PageUpdate", bounded));
  }
}
