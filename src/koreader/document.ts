import Event = require("ui/event");
import util = require("util");
import type { BookFacts } from "../core/book";
import { isXPointer, type Position } from "../core/position";
import { fraction } from "../core/units";
import type { OpenDocument } from "../ports/document";

/** Bytes of a book's identifiers that are kept. */
const MOST_IDENTIFIERS = 1000;

/** The book that a plugin instance belongs to: reflowable (`ui.rolling`) or with fixed pages (`ui.paging`). */
export class KoDocument implements OpenDocument {
  constructor(
    private readonly ui: KOReader.Ui,
    private readonly document: KOReader.Document,
  ) {}

  file(): string {
    return this.document.file;
  }

  title(): string {
    return this.ui.doc_props?.display_title ?? "";
  }

  facts(): BookFacts | undefined {
    const { file } = this.document;
    const digest = util.partialMD5(file);
    if (digest === undefined) return undefined;
    // KOReader writes it at the first opening and never again (koreader-platform.md, sidecars).
    const firstDigest = this.ui.doc_settings?.readSetting("partial_md5_checksum");
    const props = this.ui.doc_settings?.readSetting("doc_props") as KOReader.DocProps | undefined;
    const identifiers = (props?.identifiers ?? "").slice(0, MOST_IDENTIFIERS);
    const pages = this.ui.paging === undefined ? 0 : this.document.getPageCount();
    const facts = { digest, file, title: this.title(), authors: this.ui.doc_props?.authors ?? "", identifiers, pages };
    return typeof firstDigest === "string" && firstDigest !== digest ? { ...facts, firstDigest } : facts;
  }

  /** `ui.rolling` still holds the previous xpointer while a page is being turned: the document's own is fresh. */
  position(): Position {
    const { rolling, paging } = this.ui;
    if (rolling !== undefined) {
      const locator = this.document.getXPointer?.();
      const at = fraction(rolling.getLastPercent());
      return locator === undefined ? { fraction: at } : { locator, fraction: at };
    }
    if (paging === undefined) return { fraction: fraction(0) };
    return { locator: string.format("%d", paging.getLastProgress()), fraction: fraction(paging.getLastPercent()) };
  }

  page(): number {
    return this.ui.getCurrentPage?.() ?? 0;
  }

  goTo(position: Position): void {
    this.ui.link?.addCurrentLocationToStack();
    this.ui.handleEvent(this.eventFor(position));
  }

  private eventFor({ locator, fraction: at }: Position): KOReader.Event {
    if (locator !== undefined && this.ui.rolling !== undefined) {
      const exists = isXPointer(locator) && this.document.isXPointerInDocument?.(locator) === true;
      if (exists) return Event.new("GotoXPointer", locator, locator);
    }
    if (locator !== undefined && this.ui.paging !== undefined) {
      const page = tonumber(locator);
      if (page !== undefined && page >= 1 && page <= this.document.getPageCount()) return Event.new("GotoPage", page);
    }
    return Event.new("GotoPercent", at * 100);
  }
}
