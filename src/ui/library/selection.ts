import type { CatalogueBook } from "../../core/catalogue";

/** The books of a list that the reader ticks off, to fetch them together. */
export class Selection {
  isOn = false;
  private readonly books = new Map<string, CatalogueBook>();

  begin(): void {
    this.isOn = true;
  }

  end(): void {
    this.isOn = false;
    this.books.clear();
  }

  toggle(book: CatalogueBook): void {
    if (!this.books.delete(book.remoteId)) this.books.set(book.remoteId, book);
  }

  add(books: readonly CatalogueBook[]): void {
    for (const book of books) this.books.set(book.remoteId, book);
  }

  clear(): void {
    this.books.clear();
  }

  size(): number {
    return this.books.size;
  }

  chosen(): CatalogueBook[] {
    const chosen: CatalogueBook[] = [];
    this.books.forEach(book => chosen.push(book));
    return chosen;
  }

  /** The text of a row, with its box while the reader selects. */
  mark({ remoteId }: CatalogueBook, text: string): string {
    if (!this.isOn) return text;
    return this.books.has(remoteId) ? `☑ ${text}` : `☐ ${text}`;
  }
}
