import { bookPath, pathText } from "../../../src/core/book-path";
import type { CatalogueBook } from "../../../src/core/catalogue";
import { parseTemplate } from "../../../src/core/path-template";

/** The path that a template makes, as a preview shows it; nothing by a template that is none. */
export function pathBy(typed: string, book: CatalogueBook, format: string): string | undefined {
  const parsed = parseTemplate(typed);
  return parsed.ok ? pathText(bookPath(parsed.value, book, format)) : undefined;
}

export function usualPath(book: CatalogueBook, format: string): string {
  return pathText(bookPath(undefined, book, format));
}
