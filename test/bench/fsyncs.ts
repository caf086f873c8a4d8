import fs from "node:fs";
import path from "node:path";
import { isInstalled } from "../../scripts/debian.mjs";
import { ACTIONS } from "./day";
import { BARE, withReader, withScratch } from "./device";
import { type Library, withLibrary } from "./library";
import type { Section } from "./section";

type Counts = Record<string, number>;

/** fsync and fdatasync of the reader's own process, by action. */
async function countSyncs(library: Library, patience: number, plugin?: string[]): Promise<Counts> {
  const { dataDir, book, reset } = library;
  reset();
  return withScratch(async scratch => {
    const trace = path.join(scratch, "trace");
    const under = ["strace", "-e", "trace=fsync,fdatasync", "-o", trace];
    const calls = () => fs.readFileSync(trace, "utf8").match(/^f(data)?sync\(/gm)?.length ?? 0;
    const counts: Counts = {};
    const options = { dataDir, under, device: "kindle" as const, ...(plugin === undefined ? {} : { plugin }) };
    await withReader(options, async hand => {
      await hand.wait(patience);
      for (const [action, act] of Object.entries(ACTIONS)) {
        const before = calls();
        await act(hand, book, patience);
        counts[action] = calls() - before;
      }
    });
    return counts;
  });
}

/** How often the plugin waits for the disk: each time costs an e-reader some 20 ms. */
export const fsyncs: Section = {
  name: "fsyncs",
  title: "Waits for the disk, more than without the plugin",
  async measure({ patience }) {
    const actions = Object.keys(ACTIONS);
    if (!isInstalled("strace"))
      return actions.map(action => ({ name: `fsyncs.${action}`, value: "not measured: install strace" }));
    return withLibrary(async library => {
      const bare = await countSyncs(library, patience, BARE);
      const own = await countSyncs(library, patience);
      return actions.map(action => ({ name: `fsyncs.${action}`, value: (own[action] ?? 0) - (bare[action] ?? 0) }));
    });
  },
};
