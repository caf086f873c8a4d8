/** The page's surroundings: the footer knows how much of the book is read, and settings are saved now and then. */
import { handleOwn } from "../loop/events";
import { uiManager } from "../loop/ui-manager";

interface Owner {
  readonly document?: KOReader.Document;
  saveSettings(): void;
}

const AUTO_SAVE_MINUTES = 15;

export class View implements KOReader.View, KOReader.Widget {
  name = "readerview";
  readonly footer: KOReader.Footer = { maybeUpdateFooter() {} };
  private pages: number | undefined;
  private savedAt: number | undefined;

  constructor(
    private readonly ui: Owner,
    document: KOReader.Document,
  ) {
    if (document.info.has_pages) this.pages = document.getPageCount();
  }

  handleEvent(event: KOReader.Event): boolean | undefined {
    return handleOwn(this, event);
  }

  /** A reflowable book's pages are counted only now. */
  onReaderReady(): void {
    this.pages = this.ui.document?.getPageCount();
    this.savedAt = uiManager.getElapsedTimeSinceBoot();
  }

  onPageUpdate(page: number): void {
    if (this.pages !== undefined) this.footer.percent_finished = page / this.pages;
    this.saveNowAndThen();
  }

  private saveNowAndThen(): void {
    const now = uiManager.getElapsedTimeSinceBoot() as number;
    if (this.savedAt === undefined || now - this.savedAt < AUTO_SAVE_MINUTES * 60 * 1e6) return;
    this.savedAt = now;
    uiManager.tickAfterNext(() => this.ui.saveSettings());
  }
}
