import type { Hand } from "../../../test/support/node/hand";
import type { Proxy } from "../../../test/support/node/proxy";
import type { Shelf } from "../../shelf/shelf";
import type { Cast } from "./cast";
import type { Timeline } from "./timeline";

/** Everything that the day needs. */
export interface Stage {
  readonly shelf: Shelf;
  readonly key: string;
  /** The way to the server: it knows what was asked. */
  readonly proxy: Proxy;
  readonly hand: Hand;
  readonly timeline: Timeline;
  readonly cast: Cast;
  /** Where the cast's first book is on the device. */
  readonly file: string;
}

/** A session that the server must have in the end. */
export interface Expected {
  readonly title: string;
  readonly pageTurns: number;
}

/** Time for what runs in the background. */
const SETTLE = 30;

export async function told(stage: Stage, story: string): Promise<void> {
  await stage.hand.advance(SETTLE);
  stage.timeline.tell(await stage.hand.now(), story);
}

/** What the screen says that has these words in it, on one line. Throws with what it says instead. */
export async function says(stage: Stage, words: string): Promise<string> {
  const shown = await stage.hand.screen();
  const text = shown.find(line => line.includes(words));
  if (text === undefined) throw new Error(`the screen does not say “${words}” but: ${shown.join(" | ")}`);
  return text.replaceAll(/\s*\n\s*/g, " ");
}

export async function tapAllAway({ hand }: Stage): Promise<void> {
  while ((await hand.screen()).length > 0) await hand.back();
}
