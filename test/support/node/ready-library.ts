// Library servers that have looked through their books already: looking takes processes of its own, and hundreds of tests
// have the same few books.
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { startShelf } from "../../../src/shelf/shelf";
import { sampleBook } from "./sample-book";

/** Whole seconds, so that a file system keeps them. */
const LONG_AGO = new Date("2024-01-01T00:00:00Z");

/** Files by their path in the folder. Kept in memory: a process of vitest ends without a word, and leaves its folders. */
type Folder = ReadonlyMap<string, Buffer>;

const templates = new Map<string, Promise<Folder>>();

/** Puts `library` (the books) and `shelf` (the server's data) into a folder. */
export async function putLibrary(folder: string, books: readonly string[]): Promise<void> {
  const key = books.join("/");
  const making = templates.get(key) ?? makeTemplate(books);
  templates.set(key, making);
  for (const [name, content] of await making) {
    const file = path.join(folder, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, content);
    fs.utimesSync(file, LONG_AGO, LONG_AGO);
  }
}

async function makeTemplate(books: readonly string[]): Promise<Folder> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "library-"));
  const library = path.join(folder, "library");
  fs.mkdirSync(library);
  for (const book of books) {
    const file = path.join(library, path.basename(book));
    fs.copyFileSync(sampleBook(book), file);
    fs.utimesSync(file, LONG_AGO, LONG_AGO);
  }
  const shelf = await startShelf({ dataDir: path.join(folder, "shelf"), booksDir: library });
  await shelf.close();
  const entries = fs.readdirSync(folder, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile());
  const files = entries.map(({ parentPath, name }) => path.join(parentPath, name));
  const template = new Map(files.map(file => [path.relative(folder, file), fs.readFileSync(file)]));
  fs.rmSync(folder, { recursive: true });
  return template;
}
