import type { Hand } from "../support/node/hand";
import { FaultProxy } from "../support/node/fault-proxy";
import { connect, probe, withReader } from "./device";
import { type Library, withLibrary } from "./library";
import { type Network, NETWORKS } from "./networks";
import type { Effort, Figure, Section } from "./section";

/** What a slow server needs to answer what an opening asks. */
const OPENING_SECONDS = 7;
const SECONDS_OF_READING = 60;
const GOAL = "≤ 2000";

interface Evening {
  readonly network: Network;
  readonly patience: number;
  /** False: the book is only looked at, which leaves nothing to send. */
  readonly reads?: boolean;
  /** What happens to the network between reading and sleep. */
  readonly before?: () => void;
}

async function readAndSleep(hand: Hand, book: string, { patience, reads = true, before }: Evening): Promise<number> {
  await hand.openBook(book);
  await hand.wait(OPENING_SECONDS * patience);
  if (reads) {
    await probe(hand, "pass-time", SECONDS_OF_READING);
    await hand.turn(1, 0.01);
  }
  before?.();
  await hand.holds();
  await hand.closeLid(0.1);
  const holds = await hand.holds();
  return Math.max(0, ...holds.filter(({ what }) => what === "onNetworkDisconnecting").map(({ ms }) => ms));
}

/** Milliseconds that a Kobo's loop waits when the lid is closed over a book that the server knows. */
function measure({ dataDir, key, book, reset }: Library, evening: Evening): Promise<number> {
  reset();
  connect(dataDir, evening.network.url, key);
  const options = { dataDir, device: "kobo" as const, under: evening.network.under ?? [] };
  return withReader(options, hand => readAndSleep(hand, book, evening));
}

/** The server answered at the opening and is silent when the lid closes: the longest that can be. */
async function afterSilence(library: Library, patience: number): Promise<number> {
  const proxy = await FaultProxy.start(Number(new URL(library.shelf.origin).port));
  try {
    const before = () => proxy.set({ kind: "blackhole" });
    return await measure(library, { network: { url: proxy.url }, patience, before });
  } finally {
    await proxy.close();
  }
}

async function figuresOf(library: Library, { patience }: Effort): Promise<Figure[]> {
  const { origin } = library.shelf;
  const figures: Figure[] = [];
  const add = (name: string, value: number | string) =>
    figures.push({ name: `last_call_ms.${name}`, value, goal: GOAL });
  for (const [name, make] of Object.entries(NETWORKS))
    add(name, await make(origin, network => measure(library, { network, patience })));
  add("silent_since_opening", await afterSilence(library, patience));
  add("nothing_waits", await measure(library, { network: { url: origin }, patience, reads: false }));
  return figures;
}

/** How long a Kobo waits for the server before its network goes off: the one time that the plugin holds the loop. */
export const lastCall: Section = {
  name: "last-call",
  title: "The last call before sleep",
  measure: effort => withLibrary(library => figuresOf(library, effort)),
};
