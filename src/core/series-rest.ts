import type { RemoteBook } from "./book";

/**
 * What is left of a series, in the series' order: the books after this one, or from it on. A book that the list does not have
 * is placed by its volume; where that is unknown too, nothing is left.
 */
export function restOfSeries<Book extends RemoteBook>(
  books: readonly Book[],
  book: Pick<RemoteBook, "remoteId" | "volume">,
  isInclusive: boolean,
): Book[] {
  const at = books.findIndex(({ remoteId }) => remoteId === book.remoteId);
  if (at >= 0) return books.slice(isInclusive ? at : at + 1);
  const { volume } = book;
  return volume === undefined ? [] : books.filter(other => other.volume !== undefined && other.volume > volume);
}
