import { probe, withReader } from "./device";
import { withLibrary } from "./library";
import type { Figure, Section } from "./section";
import { median, quantile } from "./stats";

/** Between two batches the loop runs, and with it what the turns have put off. */
const BATCH = 20;
const WARM_UP_BATCHES = 50;
const SECONDS_PER_PAGE = 5;

interface Calls {
  readonly with: number[];
  readonly without: number[];
}

/** Nanoseconds of every call of the handler, and of calling nothing. */
function turnPages(pageTurns: number): Promise<Calls> {
  return withLibrary(({ dataDir, book }) =>
    // Without Wi-Fi no worker competes for the processor; the place is still written down every 50 turns.
    withReader({ dataDir, wifi: false }, async hand => {
      await hand.openBook(book);
      await probe(hand, "page-turns");
      const calls: Calls = { with: [], without: [] };
      const warmUp = Math.min(WARM_UP_BATCHES, pageTurns / BATCH);
      for (let batch = 0; batch < warmUp + pageTurns / BATCH; batch += 1) {
        const turned = (await hand.run(`return bench_turn_pages(${BATCH}, ${SECONDS_PER_PAGE})`)) as Calls;
        if (batch < warmUp) continue;
        calls.with.push(...turned.with);
        calls.without.push(...turned.without);
      }
      return calls;
    }),
  );
}

const mean = (numbers: readonly number[]): number =>
  numbers.reduce((total, number) => total + number, 0) / numbers.length;

/** The plugin's share of a page turn: its handler for PageUpdate with KOReader's sandbox around it. */
export const pageTurn: Section = {
  name: "page-turn",
  title: "Page turn",
  async measure({ pageTurns }) {
    const calls = await turnPages(pageTurns);
    const clock = median(calls.without);
    const us = (nanoseconds: number): number => Math.max(nanoseconds - clock, 0) / 1000;
    const figures = (name: string, all: readonly number[]): Figure[] => [
      { name: `${name}.mean`, value: us(mean(all)) },
      { name: `${name}.median`, value: us(median(all)) },
      { name: `${name}.p99`, value: us(quantile(all, 0.99)) },
      { name: `${name}.worst`, value: us(quantile(all, 1)) },
    ];
    const goals: Record<string, string> = { "page_turn_us.mean": "≤ 1", "page_turn_us.worst": "≤ 85" };
    return [...figures("page_turn_us", calls.with), ...figures("page_turn_us.no_plugin", calls.without)].map(figure =>
      goals[figure.name] === undefined ? figure : { ...figure, goal: goals[figure.name] as string },
    );
  },
};
