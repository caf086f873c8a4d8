import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { build } from "../../../scripts/build.mjs";
import { compileLua } from "../../../scripts/compile-lua.mjs";
import { writeSampleBooks } from "../../../scripts/sample-books.mjs";
import { type Shelf, startShelf } from "../../shelf/shelf";
import { Proxy } from "../../../test/support/node/proxy";
import { castOf, requireEpubs } from "./cast";
import { playDay } from "./day";
import { DEVICE_NAME, startDevice } from "./device";
import type { Expected } from "./stage";
import { clockTime, percent, table, Timeline } from "./timeline";

type Print = (line: string) => void;

function printTables(shelf: Shelf, print: Print): void {
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
  print(`\n\nSessions on the server\n\n${table(["book", "began", "read", "turns", "progress", "device"], sessions)}`);
  print(`\nPlaces on the server\n\n${table(["book", "at", "device"], places)}\n`);
}

/** Everything that was read is on the server, once. Throws with what is missing or too much. */
function check(shelf: Shelf, expected: readonly Expected[]): void {
  const turns = (list: readonly { pagesTurned: number | null }[]) =>
    list.map(({ pagesTurned }) => pagesTurned ?? 0).join(", ");
  const wanted = expected.map(({ pageTurns }) => pageTurns).join(", ");
  const got = turns(shelf.sessions());
  if (got !== wanted) throw new Error(`sessions with ${wanted} page turns should have arrived, the server has ${got}`);
  const books = new Set(expected.map(({ title }) => title)).size;
  const places = shelf.positions().length;
  if (places !== books) throw new Error(`${books} places should have arrived, the server has ${places}`);
  const strangers = shelf.sessions().filter(({ device }) => device !== DEVICE_NAME);
  if (strangers.length > 0) throw new Error("a session of another device arrived");
}

/** Puts a book on a stand-in Kobo, plays the day there, and holds what arrived against what was read. */
async function playOn(shelf: Shelf, booksDir: string, dataDir: string, print: Print): Promise<void> {
  const { key } = shelf.addKey(DEVICE_NAME);
  const cast = castOf(shelf);
  const proxy = await Proxy.start(() => shelf.origin);
  const hand = await startDevice(dataDir, proxy.origin, key);
  try {
    const file = hand.addBook(path.join(booksDir, cast.first.files[0]?.path ?? ""));
    const expected = await playDay({ shelf, key, proxy, hand, cast, file, timeline: new Timeline(shelf, print) });
    const problems = (await hand.problems()).concat((await hand.violations()).map(({ what }) => what));
    if (problems.length > 0) throw new Error(`the reader complained: ${problems.join("; ")}`);
    await hand.exit();
    printTables(shelf, print);
    check(shelf, expected);
  } finally {
    await hand.stop();
    await proxy.close();
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
 * Plays one day on a stand-in reader against a real server, and looks at what arrived. Both are built already.
 * @param isKept whether the server stays up afterwards
 */
export async function playDemo(ownBooks: string | undefined, isKept: boolean, print: Print): Promise<void> {
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), "ribbon-demo-"));
  try {
    const booksDir = ownBooks ?? path.join(scratch, "library");
    if (ownBooks === undefined) writeSampleBooks(booksDir);
    requireEpubs(booksDir);
    const shelf = await startShelf({ dataDir: path.join(scratch, "shelf"), booksDir, tellsTime: false });
    try {
      print(`The library server is at ${shelf.origin} with ${shelf.books().length} books.`);
      await playOn(shelf, booksDir, path.join(scratch, "kobo"), print);
      print("Everything that was read is on the server, once.");
      if (isKept) await keepUp(shelf);
    } finally {
      await shelf.close();
    }
  } finally {
    fs.rmSync(scratch, { recursive: true, force: true });
  }
}

/** Builds everything, then plays the day. */
export async function runDemo(ownBooks: string | undefined, isKept: boolean): Promise<void> {
  console.log("Building the plugin and the stand-in reader …");
  await build();
  compileLua();
  await playDemo(ownBooks, isKept, console.log);
}
