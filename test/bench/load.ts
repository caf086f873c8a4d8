import { BARE, PLUGIN, probe, withNewReader } from "./device";
import type { Section } from "./section";
import { median, quantile } from "./stats";

/** What a start of KOReader takes longer: reading and running main.lua and the bundle. */
export const load: Section = {
  name: "load",
  title: "Loading the plugin",
  async measure({ processes }) {
    const times: number[] = [];
    // One more: the first brings the files into the page cache.
    for (let process = 0; process <= processes; process += 1) {
      times.push((await withNewReader(BARE, hand => probe(hand, "load", PLUGIN))) as number);
    }
    const warm = times.slice(1);
    return [
      { name: "load_ms", value: median(warm), goal: "≤ 2.0 (TomeSync)" },
      { name: "load_worst_ms", value: quantile(warm, 1) },
    ];
  },
};
