import { BARE, PLUGIN, withReader, withScratch } from "./device";
import type { Section } from "./section";
import { median } from "./stats";

/**
 * A KOReader's share of strings, which the stand-in has not: Lua's table of strings grows in steps of many KiB, and the
 * plugin's few would now and then be charged for one.
 */
export const BALLAST = 'ballast = {} for i = 1, 20000 do ballast[i] = "ballast " .. i end';

/** KOReader's own modules, which its other plugins have loaded before ours: with and without us they are in memory. */
const MODULES = "for name in pairs(package.preload) do require(name) end";

/** Lua's heap in KiB after three full collections, a moment after a start that is not the device's first. */
const heapWith = (plugin: string | string[]): Promise<number> =>
  withScratch(async dataDir => {
    await withReader({ dataDir, plugin }, hand => hand.wait(0.3));
    return withReader({ dataDir, plugin }, async hand => {
      await hand.wait(0.3);
      // What LuaJIT compiled so far is no memory of the plugin's, and never the same twice.
      await hand.run(`${MODULES} ${BALLAST} jit.flush() collectgarbage() collectgarbage() collectgarbage()`);
      return (await hand.run('return collectgarbage("count")')) as number;
    });
  });

/** What the plugin keeps in memory: its code, one instance in the file browser, the open store. */
export const memory: Section = {
  name: "memory",
  title: "Memory",
  async measure({ processes }) {
    const [bare, own]: [number[], number[]] = [[], []];
    for (let process = 0; process < Math.ceil(processes / 3); process += 1) {
      bare.push(await heapWith(BARE));
      own.push(await heapWith(PLUGIN));
    }
    return [{ name: "heap_kib", value: median(own) - median(bare), goal: "≤ 215 (TomeSync 191 + 24)" }];
  },
};
