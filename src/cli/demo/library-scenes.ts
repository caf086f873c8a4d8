// What comes from the library in the course of the day: a book that was sent, and a series that the reader fetches.
import fs from "node:fs";
import path from "node:path";
import type { Series } from "./cast";
import { type Expected, says, type Stage, tapAllAway, told } from "./stage";

/** Of a list of the reader's own library. */
const MOST_PAGES = 200;

/** The files of books that came to the device, in the order of their names. */
function booksOn({ hand }: Stage): string[] {
  const folder = fs.realpathSync(path.join(hand.dataDir, "books"));
  const files = fs.readdirSync(folder, { recursive: true, encoding: "utf8" });
  return files.filter(file => path.extname(file) === ".epub" && !path.basename(file).startsWith(".")).sort();
}

/** What somebody does on the server's pages: the book is offered to the reader's devices. */
export async function sendBook(stage: Stage): Promise<Expected[]> {
  const { shelf, cast, hand, timeline } = stage;
  if (cast.sent === undefined) return [];
  const answer = await fetch(`${shelf.origin}/api/send-to-device/koreader`, {
    method: "POST",
    headers: { Authorization: `Bearer ${await shelf.loginToken()}`, "Content-Type": "application/json" },
    body: JSON.stringify({ book_ids: [cast.sent.id] }),
  });
  if (!answer.ok) throw new Error(`the server did not send the book: ${answer.status}`);
  timeline.tell(await hand.now(), `Meanwhile, on the server's page: “Send to KOReader” for “${cast.sent.title}”.`);
  return [];
}

/** Takes what was sent, and gives where it is. */
export async function takeSentBook(stage: Stage): Promise<string | undefined> {
  const { hand, cast } = stage;
  if (cast.sent === undefined) return undefined;
  const before = booksOn(stage);
  const offer = await says(stage, "has a book for you");
  await hand.tap("Download");
  await hand.advance(20);
  const end = await says(stage, "is on this device");
  await told(stage, `It says: “${offer}”. Taps Download: ${end}`);
  await tapAllAway(stage);
  const [file] = booksOn(stage).filter(each => !before.includes(each));
  if (file === undefined) throw new Error("the book that was sent is not on the device");
  return file;
}

/** Opens a book that came from the server, reads and closes it; the server is never asked which book that is. */
export async function readArrived(stage: Stage, file: string, title: string, pageTurns: number): Promise<Expected[]> {
  const { hand, proxy } = stage;
  proxy.taken();
  await hand.openBook(path.join(fs.realpathSync(hand.dataDir), "books", file));
  await hand.turn(pageTurns, 30);
  await hand.closeBook();
  await hand.advance(10);
  const asked = proxy.taken();
  if (asked.some(what => what.includes("resolve")))
    throw new Error(`“${title}” was not known on arrival: ${asked.join(", ")}`);
  const story = `Opens it where it was put, ${file}, and reads ${pageTurns} pages.`;
  await told(stage, `${story} ${asked.length} requests; none had to ask which book it is.`);
  return [{ title, pageTurns }];
}

/** Turns the pages of a list until a row begins with these words, and taps it. */
async function tapRow({ hand }: Stage, words: string): Promise<void> {
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const row = (await hand.screen()).find(text => text.startsWith(words));
    if (row !== undefined) return hand.tap(row.split(" | ")[0] ?? row);
    await hand.tap("chevron.right");
  }
  throw new Error(`no row of the list begins with “${words}”`);
}

async function fetchSeries(stage: Stage, { name, volumes }: Series): Promise<void> {
  const { hand } = stage;
  await hand.tapMenu("Tools", "Ribbon", "Browse library…", "Series");
  await hand.advance(2);
  await tapRow(stage, name);
  await hand.advance(2);
  await told(stage, `On the sofa: Tools › Ribbon › Browse library › Series › ${name}, ${volumes.length} volumes.`);
  await hand.tap("appbar.menu");
  await hand.tap("Download all that is not here…");
  await hand.advance(2);
  const question = await says(stage, "Download ");
  await hand.tap("Download");
  await hand.advance(volumes.length * 20);
  await told(stage, `“${question}” Yes. Then: “${await says(stage, "books downloaded")}”`);
  await tapAllAway(stage);
}

/** From the sofa: the whole series is on the device a few taps later, and its first volume is read. */
export async function sofa(stage: Stage): Promise<Expected[]> {
  const { series } = stage.cast;
  if (series === undefined) {
    stage.timeline.tell(
      await stage.hand.now(),
      "None of these books is one of a short series: there is none to fetch.",
    );
    return [];
  }
  const before = booksOn(stage);
  await fetchSeries(stage, series);
  const files = booksOn(stage).filter(file => !before.includes(file));
  if (files.length !== series.volumes.length) throw new Error(`of ${series.name} came only: ${files.join(", ")}`);
  const [volume] = [...series.volumes].sort((one, other) => (one.seriesIndex ?? 0) - (other.seriesIndex ?? 0));
  return readArrived(stage, files[0] ?? "", volume?.title ?? "", 30);
}
