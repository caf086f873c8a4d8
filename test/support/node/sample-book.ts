import path from "node:path";

const BOOKS = "test/fixtures/contracts/books";

/** One of the sample books, by its name. */
export const sampleBook = (name: string): string => path.join(BOOKS, name);
