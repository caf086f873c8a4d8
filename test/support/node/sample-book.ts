import path from "node:path";

const BOOKS = "test/fixtures/contracts/books";

/** One of the sample books, by its name; a book made by a test, by its absolute path. */
export const sampleBook = (name: string): string => (path.isAbsolute(name) ? name : path.join(BOOKS, name));
