// What a script measured inside KOReader (watch.lua).
import fs from "node:fs";

/** The longest turn of the loop, time in Ribbon, of that at work, and last call of a part of the script, in milliseconds. */
export interface Phase {
  readonly phase: string;
  readonly loop: number;
  readonly ribbon: number;
  readonly work: number;
  readonly lastCall: number;
}

export interface Figures {
  /** What stays in Lua's heap when the plugin is loaded, and the time that takes. */
  readonly kib: number;
  readonly ms: number;
  readonly phases: readonly Phase[];
}

/** Reads what the script wrote: "load 190.2 2.1", then of each phase "open 185.6 12.5 3.1 0". */
export function readFigures(file: string): Figures {
  const [first = "", ...lines] = fs.readFileSync(file, "utf8").trim().split("\n");
  const phases = lines.map(line => {
    const [phase = "", ...words] = line.split(" ");
    const [loop = 0, ribbon = 0, work = 0, lastCall = 0] = words.map(Number);
    return { phase, loop, ribbon, work, lastCall };
  });
  const [kib = 0, ms = 0] = first.split(" ").slice(1).map(Number);
  return { kib, ms, phases };
}
