// What a person does with the reader while it is measured.
import type { Hand } from "../support/node/hand";
import { probe } from "./device";

const TURNS = 60;
const TURNS_BEFORE_CLOSE = 5;
const SECONDS_PER_PAGE = 5;
const MINUTES_ASLEEP = 10;

type Action = (hand: Hand, book: string, patience: number) => Promise<void>;

async function turnPages(hand: Hand, pages: number): Promise<void> {
  for (let page = 0; page < pages; page += 1) {
    await probe(hand, "pass-time", SECONDS_PER_PAGE);
    await hand.turn(1, 0.01);
  }
}

/** The actions in the order of a day, each watched for as long as its background work takes on a healthy network. */
export const ACTIONS: Readonly<Record<string, Action>> = {
  open: async (hand, book, patience) => {
    await hand.openBook(book);
    await hand.wait(1.2 * patience);
  },
  // A heartbeat and some checkpoints fall due.
  turn: async (hand, _book, patience) => {
    await turnPages(hand, TURNS * Math.min(patience, 1));
    await hand.wait(0.8 * patience);
  },
  // A Kindle's network stays up, so that the plugin sends while the device falls asleep.
  suspend: (hand, _book, patience) => hand.closeLid(0.6 * patience),
  resume: async (hand, _book, patience) => {
    await hand.openLid(MINUTES_ASLEEP);
    await hand.wait(1.2 * patience);
  },
  close: async (hand, _book, patience) => {
    await turnPages(hand, TURNS_BEFORE_CLOSE);
    await hand.closeBook();
    await hand.wait(1.2 * patience);
  },
};
