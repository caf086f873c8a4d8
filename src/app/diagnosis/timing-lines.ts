import { part } from "../../parts";
import type { Timing } from "../../timings";
import { duration, type Line, stamp } from "./lines";

/** How long we held KOReader's loop, and how long workers took, since it started. */
export function timingLines(): Line[] {
  const turns = part("timings").longest.map(each => `${duration(each.seconds)}: ${placeOf(each)} at ${stamp(each.at)}`);
  const workers = part("koreader/workers").lastRuns.map(
    ({ at, seconds, reason }) =>
      `worker ${stamp(at)}: ${duration(seconds)}${reason === undefined ? "" : `, ${reason}`}`,
  );
  const heading = turns.length === 0 ? "no turn of the loop was longer than 5 ms" : "longest turns of the loop:";
  return [heading].concat(turns, workers.length === 0 ? ["no worker yet"] : workers);
}

/** "ribbon.lua:812": where the function stands in the built plugin. */
function placeOf({ what }: Timing): string {
  if (typeof what === "string") return what;
  const found = debug.getinfo(what as never, "S") as { source?: string; linedefined?: number } | undefined;
  const [file] = string.match(found?.source ?? "", "([^/]+)$");
  return `${file ?? "somewhere"}:${found?.linedefined ?? 0}`;
}
