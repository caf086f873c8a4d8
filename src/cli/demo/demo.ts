import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { build } from "../../../scripts/build.mjs";
import { compileLua } from "../../../scripts/compile-lua.mjs";
import { writeSampleBooks } from "../../../scripts/sample-books.mjs";
import { type Shelf, startShelf } from "../../shelf/shelf";
import { type Expected, playDay } from "./day";
import { DEVICE_NAME, startDevice } from "./device";
import { clockTime, percent, table, Timeline } from "./timeline";

/** The books to play with: the reader's own, or sample books that are written for the day. */
function findBooks(own: string | undefined, scratch: string): { folder: string; files: string[] } {
  const folder = own ?? path.join(scratch, "library");
  if (own === undefined) writeSampleBooks(folder);
  if (!fs.existsSync(folder)) throw new Error(`there is no folder ${folder}`);
  const files = fs
    .readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter(file => file.toLowerCase().endsWith(".epub"))
    .sort();
  if (files.length === 0) throw new Error(`there is no EPUB file below ${folder}`);
  return { folder, files: files.slice(0, 2).map(file => path.join(folder, file)) };
}

function printTables(shelf: Shelf): void {
  const sessions = shelf
    .sessions()
    .map(session => [
      session.title,
      clockTime(Date.parse(session.startedAt) / 1000),
      `${Math.round((session.durationSeconds ?? 0) / 60)} min`,
      String(session.pagesTurned ?? 0),
      `${percent(session.progressStart)} → ${percent(session.progressEnd)}`,
      session.device ?? "",
    ]);
  const places = shelf.positions().map(({ title, percentage, device }) => [title, percent(percentage), device ?? ""]);
  console.log(
    `\n\nSessions on the server\n\n${table(["book", "began", "read", "turns", "progress", "device"], sessions)}`,
  );
  console.log(`\nPlaces on the server\n\n${table(["book", "at", "device"], places)}\n`);
}

/** Everything that was read is on the server, once. Throws with what is missing or too much. */
function check(shelf: Shelf, expected: readonly Expected[]): void {
  const turns = (list: readonly { pagesTurned: number | null }[]) =>
    list.map(({ pagesTurned }) => pagesTurned ?? 0).join(", ");
  const wanted = expected.map(({ pageTurns }) => pageTurns).join(", ");
  const got = turns(shelf.sessions());
  if (got !== wanted) throw new Error(`sessions with ${wanted} page turns should have arrived, the server has ${got}`);
  const books = new Set(expected.map(({ file }) => file)).size;
  const places = shelf.positions().length;
  if (places !== books) throw new Error(`${books} places should have arrived, the server has ${places}`);
  const strangers = shelf.sessions().filter(({ device }) => device !== DEVICE_NAME);
  if (strangers.length > 0) throw new Error("a session of another device arrived");
}

/** Puts the books on a stand-in Kobo, plays the day there, and holds what arrived against what was read. */
async function playOn(shelf: Shelf, files: readonly string[], dataDir: string): Promise<void> {
  const { key } = shelf.addKey(DEVICE_NAME);
  const hand = await startDevice(dataDir, shelf.origin, key);
  try {
    const [first = "", second] = files.map(file => hand.addBook(file));
    const books = second === undefined ? ([first] as const) : ([first, second] as const);
    const expected = await playDay({ shelf, key, hand, books, timeline: new Timeline(shelf, console.log) });
    const problems = (await hand.problems()).concat((await hand.violations()).map(({ what }) => what));
    if (problems.length > 0) throw new Error(`the reader complained: ${problems.join("; ")}`);
    await hand.exit();
    printTables(shelf);
    check(shelf, expected);
  } finally {
    await hand.stop();
  }
}

/** The day can be looked at in a browser until Ctrl-C. */
async function keepUp(shelf: Shelf): Promise<void> {
  console.log(`\nThe day can be looked at: open ${shelf.origin}/reading in a browser.`);
  console.log(`It asks for this set-up code, and for a name and a password of your choice: ${shelf.setUpCode() ?? ""}`);
  console.log("Ctrl-C ends the server and throws the day away.");
  await new Promise(resolve => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, resolve);
  });
}

/**
 * Builds everything, plays one day on a stand-in reader against a real server, and looks at what arrived.
 * @param isKept whether the server stays up afterwards
 */
export async function runDemo(ownBooks: string | undefined, isKept: boolean): Promise<void> {
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), "ribbon-demo-"));
  try {
    const { folder, files } = findBooks(ownBooks, scratch);
    console.log("Building the plugin and the stand-in reader …");
    await build();
    compileLua();
    const shelf = await startShelf({ dataDir: path.join(scratch, "shelf"), booksDir: folder, tellsTime: false });
    try {
      console.log(`The library server is at ${shelf.origin} with ${shelf.books().length} books.`);
      await playOn(shelf, files, path.join(scratch, "kobo"));
      console.log("Everything that was read is on the server, once.");
      if (isKept) await keepUp(shelf);
    } finally {
      await shelf.close();
    }
  } finally {
    fs.rmSync(scratch, { recursive: true, force: true });
  }
}
