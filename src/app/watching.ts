import { aroundHandlers } from "../koreader/own-plugin";
import { part } from "../parts";

/** Page turns are not among them: they are many, and nothing is written for one. */
const WATCHED = [
  "onDocSettingsLoad",
  "onReaderReady",
  "onCloseDocument",
  "onSuspend",
  "onResume",
  "onNetworkConnected",
  "onNetworkDisconnecting",
  "onRibbon",
];

let isWatching = false;

/** Where the reader wants everything in the log: what happens when, and how long it takes, until KOReader starts again. */
export function watch(): void {
  if (isWatching) return;
  isWatching = true;
  const { tell } = part("koreader/log-file");
  const milliseconds = (seconds: number): number => Math.floor(seconds * 1000 + 0.5);
  aroundHandlers(WATCHED, (name, run) => {
    const seconds = part("timings").timed(name, () => {
      run();
    });
    tell("detail", `${name}: ${milliseconds(seconds)} ms`);
  });
  part("koreader/workers").onWorkerEnd(({ seconds, reason }) => {
    tell("detail", `a worker took ${milliseconds(seconds)} ms${reason === undefined ? "" : `: ${reason}`}`);
  });
}
