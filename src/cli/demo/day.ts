import type { Hand } from "../../../test/support/node/hand";
import type { Shelf } from "../../shelf/shelf";
import type { Timeline } from "./timeline";

/** Everything that the day needs. */
export interface Stage {
  readonly shelf: Shelf;
  readonly key: string;
  readonly hand: Hand;
  readonly timeline: Timeline;
  /** On the device, and on the server too. Without a second book the evening is free. */
  readonly books: readonly [first: string, second?: string];
}

/** A session that the server must have in the end. */
export interface Expected {
  readonly file: string;
  readonly pageTurns: number;
}

const MINUTE = 60;
/** Time for what runs in the background. */
const SETTLE = 30;

async function told(stage: Stage, story: string): Promise<void> {
  await stage.hand.advance(SETTLE);
  stage.timeline.tell(await stage.hand.now(), story);
}

/** Another device: what the web reader of the server would do. */
async function readOnTheWeb({ shelf, key }: Stage, title: string, percentage: number): Promise<void> {
  const book = shelf.positions().find(position => position.title === title);
  const answer = await fetch(`${shelf.origin}/api/tome-sync/position/${book?.bookId ?? 0}`, {
    method: "PUT",
    headers: { Authorization: `Bearer ${key}`, "Content-Type": "application/json" },
    body: JSON.stringify({ progress: null, percentage, device: "web" }),
  });
  if (!answer.ok) throw new Error(`the server refused the web reader's place: ${answer.status}`);
}

async function morning(stage: Stage): Promise<Expected[]> {
  const { hand, books } = stage;
  await hand.openBook(books[0]);
  await told(stage, "At breakfast: opens a book.");
  await hand.turn(120, 40);
  await told(stage, "Reads 120 pages. Every 50 turns the place is sent.");
  await hand.closeLid();
  stage.timeline.tell(
    await hand.now(),
    "Closes the lid. Before the Kobo switches its Wi-Fi off there is a moment to send the session.",
  );
  return [{ file: books[0], pageTurns: 120 }];
}

async function train(stage: Stage): Promise<Expected[]> {
  const { hand, books } = stage;
  await hand.openLid(25);
  await hand.loseWifi();
  await hand.advance(SETTLE);
  await hand.turn(45, 50);
  await told(stage, "On the train, no network: reads 45 pages.");
  await hand.closeLid();
  stage.timeline.tell(await hand.now(), "Closes the lid: there is no network, the session stays on the device.");
  await hand.openLid(3);
  await hand.tapMenu("Tools", "Ribbon");
  const status = (await hand.screen()).find(text => text.includes("wait")) ?? "?";
  stage.timeline.tell(await hand.now(), `Looks at Tools › Ribbon: “${status}”.`);
  while ((await hand.screen()).length > 0) await hand.back();
  await hand.closeLid();
  return [{ file: books[0], pageTurns: 45 }];
}

async function home(stage: Stage): Promise<Expected[]> {
  const { hand, books } = stage;
  await hand.openLid(9 * MINUTE);
  await hand.regainWifi();
  await told(stage, "Home again, in reach of the Wi-Fi: what waited is sent.");
  await hand.turn(12, 45);
  await hand.closeBook();
  await told(stage, "Reads 12 pages and closes the book.");
  return [{ file: books[0], pageTurns: 12 }];
}

async function ahead(stage: Stage): Promise<Expected[]> {
  const { hand, books } = stage;
  const title = stage.shelf.positions()[0]?.title ?? "";
  await readOnTheWeb(stage, title, 0.82);
  await told(stage, "On the phone, the web reader: on to 82 %.");
  await hand.openBook(books[0]);
  await hand.advance(2);
  const toast = (await hand.screen()).find(text => text.includes("Moved")) ?? "nothing";
  stage.timeline.tell(await hand.now(), `Opens the book on the sofa. It says: “${toast}”`);
  const { percent } = await hand.position();
  if (Math.abs(percent - 0.82) > 0.02) throw new Error(`the book is at ${percent}, not where the web reader was`);
  await hand.turn(15, 45);
  await hand.closeBook();
  await told(stage, "Reads 15 pages more.");
  return [{ file: books[0], pageTurns: 15 }];
}

async function evening(stage: Stage): Promise<Expected[]> {
  const { hand, books } = stage;
  const second = books[1];
  if (second === undefined) return [];
  await hand.openBook(second);
  await hand.turn(60, 30);
  await hand.closeBook();
  await told(stage, "Begins a second book, 60 pages.");
  return [{ file: second, pageTurns: 60 }];
}

/** Plays the day; gives the sessions that must have arrived. */
export async function playDay(stage: Stage): Promise<Expected[]> {
  const expected: Expected[] = [];
  for (const scene of [morning, train, home, ahead, evening]) expected.push(...(await scene(stage)));
  return expected;
}
