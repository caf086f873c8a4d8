/**
 * A reflowable document. Its pages are made up: a fixed number, spread evenly over the files of the book, and each
 * begins at a paragraph of its own, so that an xpointer names a page and a page has one xpointer.
 */
import type { Epub } from "./epub";

const LATEST_DOM = 20240114;

export class RollingDocument implements KOReader.Document {
  readonly info: KOReader.DocumentInfo;
  private page = 1;
  private isLoaded = false;

  constructor(
    readonly file: string,
    private readonly epub: Epub,
    private readonly pages: number,
  ) {
    this.info = { has_pages: false, number_of_pages: pages };
  }

  getPageCount(): number {
    return this.pages;
  }

  getProps(): KOReader.DocProps {
    return { ...this.epub.props };
  }

  getCurrentPage(): number {
    return this.page;
  }

  gotoPage(page: number): void {
    this.page = Math.min(Math.max(page, 1), this.pages);
  }

  getXPointer(): string {
    return this.getPageXPointer(this.page);
  }

  getPageXPointer(page: number): string {
    const fragment = Math.floor(((page - 1) * this.epub.fragments) / this.pages) + 1;
    const paragraph = page - this.firstPage(fragment) + 1;
    return `/body/DocFragment[${fragment}]/body/p[${paragraph}]/text().0`;
  }

  /** A place that the document does not have is on its first page, as in crengine. */
  getPageFromXPointer(xpointer: string): number {
    return this.find(xpointer) ?? 1;
  }

  /** Only now are there xpointers: after `ReadSettings`. */
  load(): void {
    this.isLoaded = true;
  }

  getLatestDomVersion(): number {
    return LATEST_DOM;
  }

  /** crengine reads memory that is not there in a document that is not loaded, which ends the process. */
  isXPointerInDocument(xpointer: string): boolean {
    if (!this.isLoaded) crash();
    return this.find(xpointer) !== undefined;
  }

  compareXPointers(first: string, second: string): number | undefined {
    const [a, b] = [this.find(first), this.find(second)];
    if (a === undefined || b === undefined) return undefined;
    if (a !== b) return a < b ? 1 : -1;
    const [offsetA, offsetB] = [offset(first), offset(second)];
    return offsetA === offsetB ? 0 : offsetA < offsetB ? 1 : -1;
  }

  private firstPage(fragment: number): number {
    return Math.ceil(((fragment - 1) * this.pages) / this.epub.fragments) + 1;
  }

  /** With "[1]" after every element, as the newest crengine writes it, or without where it says nothing. */
  private find(xpointer: string): number | undefined {
    const [fragmentText, rest] = string.match(xpointer, "^/body[%[%]%d]*/DocFragment%[(%d+)%](.*)$");
    const fragment = tonumber(fragmentText);
    if (fragment === undefined || fragment < 1 || fragment > this.epub.fragments) return undefined;
    const paragraph = tonumber(string.match(rest ?? "", "p%[(%d+)%]")[0]) ?? 1;
    const page = this.firstPage(fragment) + paragraph - 1;
    return page > this.pages ? undefined : page;
  }
}

function crash(): never {
  io.stderr.write("Segmentation fault: an xpointer was looked up in a document that is not loaded\n");
  return os.exit(139);
}

const offset = (xpointer: string): number => tonumber(string.match(xpointer, "%.(%d+)$")[0]) ?? 0;
