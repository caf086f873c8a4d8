// Downloads of a device: what a hand orders, and what lies on the device afterwards.
import fs from "node:fs";
import path from "node:path";
import Sqlite from "better-sqlite3";
import type { Hand } from "./hand";
import type { Household } from "./household";
import { FIND_LIBRARY, lua } from "./library";

/** A book as a list of the server has it. */
export interface RemoteBook {
  remoteId: string;
  title: string;
  author: string | undefined;
  series: string | undefined;
  volume: number | undefined;
  bookType: string;
  files: { fileId: string; format: string; bytes: number }[];
}

/** One line of the queue, as it stands in the store. */
export interface Line {
  title: string;
  state: string;
  reason: string;
  target: string;
}

/** The books of the library, by title. */
export function libraryOf(home: Household): RemoteBook[] {
  const books = home.shelf.books().map(book => ({
    remoteId: `${book.id}`,
    title: book.title,
    author: book.author ?? undefined,
    series: book.series ?? undefined,
    volume: book.seriesIndex ?? undefined,
    bookType: "book",
    files: book.files.map(({ id, format, size }) => ({ fileId: `${id}`, format, bytes: size })),
  }));
  return books.sort((one, other) => one.title.localeCompare(other.title));
}

/** Orders books as a list's “Download” does; shows how they come, unless that is to happen in the background. */
export async function download(hand: Hand, books: readonly RemoteBook[], isShown = true): Promise<void> {
  const orders = books.map(book => ({ connection: "main", book, file: book.files[0] }));
  const show = isShown ? `the_require("src.ui.downloads").showDownloads(the_library)` : "";
  await hand.run(`${FIND_LIBRARY} the_library.downloads:add(${lua(orders)}) ${show}`);
}

/** The queue as it stands on the device's disk, in its order. */
export function linesOf(hand: Hand): Line[] {
  const store = new Sqlite(path.join(hand.dataDir, "settings/ribbon.sqlite3"), { readonly: true });
  const sql = "SELECT json_extract(book, '$.title') AS title, state, reason, target FROM download ORDER BY id";
  const lines = store.prepare<[], Line>(sql).all();
  store.close();
  return lines;
}

/** Whether a device has noted what it would go on with. */
export function hasNotedPart(hand: Hand): boolean {
  const store = new Sqlite(path.join(hand.dataDir, "settings/ribbon.sqlite3"), { readonly: true });
  const count = store.prepare<[], number>("SELECT COUNT(*) FROM download WHERE proof <> ''").pluck().get();
  store.close();
  return (count ?? 0) > 0;
}

/** How many words are owed to inboxes. */
export function receiptsOf(hand: Hand): number {
  const store = new Sqlite(path.join(hand.dataDir, "settings/ribbon.sqlite3"), { readonly: true });
  const count = store.prepare<[], number>("SELECT COUNT(*) FROM receipt").pluck().get();
  store.close();
  return count ?? 0;
}

/** What lies below the folder of books, hidden files too. */
export function filesOf(hand: Hand): string[] {
  const books = path.join(hand.dataDir, "books");
  if (!fs.existsSync(books)) return [];
  const entries = fs.readdirSync(books, { recursive: true, withFileTypes: true });
  return entries
    .filter(entry => entry.isFile())
    .map(entry => path.relative(books, path.join(entry.parentPath, entry.name)))
    .sort();
}

/** Puts books into the inbox of the reader's devices, as the server's pages do. */
export async function sendToDevices(home: Household, books: readonly RemoteBook[]): Promise<void> {
  const headers = { Authorization: `Bearer ${await home.shelf.loginToken()}`, "Content-Type": "application/json" };
  const body = JSON.stringify({ book_ids: books.map(({ remoteId }) => Number(remoteId)) });
  const sent = await fetch(`${home.shelf.origin}/api/send-to-device/koreader`, { method: "POST", headers, body });
  if (!sent.ok) throw new Error(`the server did not send: ${sent.status}`);
}

/** The titles that wait in the inbox. */
export async function inboxOf(home: Household): Promise<string[]> {
  const headers = { Authorization: `Bearer ${home.key}` };
  const answer = await fetch(`${home.shelf.origin}/api/tome-sync/inbox`, { headers });
  return ((await answer.json()) as { items: { title: string }[] }).items.map(({ title }) => title);
}
