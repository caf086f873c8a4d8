// Library servers that have looked through their books already: looking takes processes of its own, and hundreds of tests
// have the same few books.
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { startShelf } from "../../../src/shelf/shelf";
import { sampleBook } from "./sample-book";

/** Whole seconds, so that copying keeps them. */
const LONG_AGO = new Date("2024-01-01T00:00:00Z");

const templates = new Map<string, Promise<string>>();

/** Puts `library` (the books) and `shelf` (the server's data) into a folder. */
export async function putLibrary(folder: string, books: readonly string[]): Promise<void> {
  const key = books.join("/");
  const making = templates.get(key) ?? makeTemplate(books);
  templates.set(key, making);
  fs.cpSync(await making, folder, { recursive: true, preserveTimestamps: true });
}

async function makeTemplate(books: readonly string[]): Promise<string> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "library-"));
  process.once("exit", () => fs.rmSync(folder, { recursive: true, force: true }));
  const library = path.join(folder, "library");
  fs.mkdirSync(library);
  for (const book of books) {
    fs.copyFileSync(sampleBook(book), path.join(library, book));
    fs.utimesSync(path.join(library, book), LONG_AGO, LONG_AGO);
  }
  const shelf = await startShelf({ dataDir: path.join(folder, "shelf"), booksDir: library });
  await shelf.close();
  return folder;
}
