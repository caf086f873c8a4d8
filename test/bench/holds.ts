import type { Hand } from "../support/node/hand";
import { ACTIONS } from "./day";
import { BARE, connect, probe, withReader } from "./device";
import { type Library, withLibrary } from "./library";
import { type Network, NETWORKS } from "./networks";
import type { Effort, Figure, Section } from "./section";
import { median } from "./stats";

/** What one action cost in one round. */
interface Cost {
  /** The longest gaps between two turns of the loop, longest first, in milliseconds. */
  readonly gaps: readonly number[];
  /** The longest time inside one of the plugin's handlers, in milliseconds. */
  readonly handler: number;
}

/** Costs by action, one for each round. */
type Costs = Record<string, Cost[]>;

async function takeCost(hand: Hand): Promise<Cost> {
  const gaps = (await hand.run("return bench_take_gaps()")) as number[];
  const handlers = (await hand.holds()).filter(({ what }) => what !== "task").map(({ ms }) => ms);
  return { gaps: Array.isArray(gaps) ? gaps : [], handler: Math.max(0, ...handlers) };
}

async function playRound(hand: Hand, book: string, patience: number, costs: Costs): Promise<void> {
  await probe(hand, "watch-loop");
  await hand.wait(0.5 * patience);
  await takeCost(hand);
  for (const [action, act] of Object.entries(ACTIONS)) {
    await act(hand, book, patience);
    (costs[action] ??= []).push(await takeCost(hand));
  }
}

/** Plays the day in every round, each time in a new process on a device that knows the book. */
async function playRounds(
  { dataDir, key, book, reset }: Library,
  { rounds, patience }: Effort,
  { url, under = [] }: Network,
  plugin?: string[],
): Promise<Costs> {
  const costs: Costs = {};
  for (let round = 0; round < rounds; round += 1) {
    reset();
    connect(dataDir, url, key);
    const options = { dataDir, under, device: "kindle" as const, ...(plugin === undefined ? {} : { plugin }) };
    await withReader(options, hand => playRound(hand, book, patience, costs));
  }
  return costs;
}

/** The longest gap of all rounds' medians, the second longest and so on. */
function typicalGaps(costs: readonly Cost[]): number[] {
  const ranks = Math.min(...costs.map(({ gaps }) => gaps.length));
  return Array.from({ length: ranks }, (_, rank) => median(costs.map(({ gaps }) => gaps[rank] ?? 0)));
}

/**
 * How much longer the plugin holds the loop than the reader itself does. Gaps are compared by rank: where KOReader holds
 * the loop once for long, a second long hold is the plugin's.
 */
function holdOf(own: readonly Cost[], bare: readonly Cost[]): number {
  const baseline = typicalGaps(bare);
  return Math.max(0, ...typicalGaps(own).map((gap, rank) => gap - (baseline[rank] ?? 0)));
}

const HOLD_GOAL = "≤ 10";
const HANDLER_GOAL = "≤ 2";

function figuresOf(network: string, costs: Costs | string, bare: Costs): Figure[] {
  return Object.keys(ACTIONS).flatMap(action => {
    const missing = typeof costs === "string" ? costs : undefined;
    const own = typeof costs === "string" ? [] : (costs[action] ?? []);
    const hold = missing ?? holdOf(own, bare[action] ?? []);
    const handler = missing ?? median(own.map(cost => cost.handler));
    return [
      { name: `hold_ms.${action}.${network}`, value: hold, goal: HOLD_GOAL },
      { name: `handler_ms.${action}.${network}`, value: handler, goal: HANDLER_GOAL },
    ];
  });
}

/** How long the plugin keeps KOReader's loop from the reader, on the real clock with forked workers, whatever the network. */
export const holds: Section = {
  name: "holds",
  title: "Holds of KOReader's loop, longer than without the plugin",
  measure: effort =>
    withLibrary(async library => {
      const bare = await playRounds(library, effort, { url: library.shelf.origin }, BARE);
      const figures: Figure[] = [];
      for (const [name, make] of Object.entries(NETWORKS)) {
        const costs = await make(library.shelf.origin, network => playRounds(library, effort, network));
        figures.push(...figuresOf(name, costs, bare));
      }
      return figures;
    }),
};
