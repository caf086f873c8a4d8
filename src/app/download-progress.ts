import type { DownloadState } from "../core/download";
import type { DownloadProgress } from "../ports/downloads";
import type { DownloadRun } from "./download-run";
import type { DownloadTries } from "./download-tries";

/** How the queue stands, for whoever looks on. `tally`: how many of the batch are in which state. */
export function progressOf(
  tally: ReadonlyMap<DownloadState, number>,
  run: DownloadRun | undefined,
  tries: DownloadTries,
): DownloadProgress {
  const of = (state: DownloadState) => tally.get(state) ?? 0;
  const over = of("done") + of("skipped") + of("failed") + of("asking");
  const left = of("waiting") + of("running");
  const isOver = left === 0;
  const pausedBy = isOver || run !== undefined ? undefined : tries.obstacle();
  return {
    of: over + left,
    isOver,
    ...(pausedBy === undefined ? {} : { pausedBy }),
    ...(run === undefined ? {} : { current: currentOf(run, over + 1) }),
  };
}

function currentOf(
  { bytes, total, speed, plan }: DownloadRun,
  number: number,
): NonNullable<DownloadProgress["current"]> {
  const bytesPerSecond = speed.now();
  return {
    title: plan.download.book.title,
    number,
    bytes,
    ...(total === undefined ? {} : { total }),
    ...(bytesPerSecond === undefined ? {} : { bytesPerSecond }),
  };
}
