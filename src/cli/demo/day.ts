import { readArrived, sendBook, sofa, takeSentBook } from "./library-scenes";
import { type Expected, type Stage, told } from "./stage";

const MINUTE = 60;
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
  const { hand, file } = stage;
  await hand.openBook(file);
  await told(stage, "At breakfast: opens a book.");
  await hand.turn(120, 40);
  await told(stage, "Reads 120 pages. Every 50 turns the place is sent.");
  await hand.closeLid();
  stage.timeline.tell(
    await hand.now(),
    "Closes the lid. Before the Kobo switches its Wi-Fi off there is a moment to send the session.",
  );
  return [{ title: stage.cast.first.title, pageTurns: 120 }];
}

async function train(stage: Stage): Promise<Expected[]> {
  const { hand } = stage;
  await hand.openLid(25);
  await hand.loseWifi();
  await hand.advance(30);
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
  return [{ title: stage.cast.first.title, pageTurns: 45 }];
}

async function home(stage: Stage): Promise<Expected[]> {
  const { hand, cast } = stage;
  await hand.openLid(9 * MINUTE);
  await hand.regainWifi();
  await told(stage, "Home again, in reach of the Wi-Fi: what waited is sent.");
  await hand.turn(12, 45);
  await hand.closeBook();
  await told(stage, "Reads 12 pages and closes the book.");
  const sent = await takeSentBook(stage);
  const expected = [{ title: cast.first.title, pageTurns: 12 }];
  if (sent === undefined || cast.sent === undefined) return expected;
  return expected.concat(await readArrived(stage, sent, cast.sent.title, 40));
}

async function ahead(stage: Stage): Promise<Expected[]> {
  const { hand, file, cast } = stage;
  await readOnTheWeb(stage, cast.first.title, 0.82);
  await told(stage, "On the phone, the web reader: on to 82 %.");
  await hand.openBook(file);
  await hand.advance(2);
  const toast = (await hand.screen()).find(text => text.includes("Moved")) ?? "nothing";
  stage.timeline.tell(await hand.now(), `Opens the book on the sofa. It says: “${toast}”`);
  const { percent } = await hand.position();
  if (Math.abs(percent - 0.82) > 0.02) throw new Error(`the book is at ${percent}, not where the web reader was`);
  await hand.turn(15, 45);
  await hand.closeBook();
  await told(stage, "Reads 15 pages more.");
  return [{ title: cast.first.title, pageTurns: 15 }];
}

/** Plays the day; gives the sessions that must have arrived. */
export async function playDay(stage: Stage): Promise<Expected[]> {
  const expected: Expected[] = [];
  for (const scene of [morning, train, sendBook, home, ahead, sofa]) expected.push(...(await scene(stage)));
  return expected;
}
