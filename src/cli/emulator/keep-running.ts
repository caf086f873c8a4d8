// One KOReader after the other: after its own wish, after a build, until somebody ends it.
import type { Builds } from "./builds";
import { type Ending, type ReaderProcess, RESTART } from "./reader-process";

interface Run {
  start(): ReaderProcess;
  readonly builds: Builds;
  readonly stop: AbortSignal;
  readonly print: (line: string) => void;
}

type News = { readonly kind: "built" } | { readonly kind: "stopped" } | { readonly kind: "ended"; readonly as: Ending };

/** KOReader's own way of saying that the device was switched off. */
const SWITCHED_OFF = 88;

/**
 * Resolves when KOReader was closed, or `stop` was aborted and nothing of it is left. Rejects when it crashed and no
 * change can mend it.
 */
export async function keepRunning({ start, builds, stop, print }: Run): Promise<void> {
  const stopped = whenAborted(stop).then((): News => ({ kind: "stopped" }));
  let built = nextBuild(builds);
  let reader: ReaderProcess | undefined;
  for (;;) {
    const ended = reader?.ended.then((as): News => ({ kind: "ended", as }));
    const news = await Promise.race([stopped, ...(ended === undefined ? [] : [ended]), built]);
    if (news.kind === "stopped") return void (await reader?.end());
    if (news.kind === "ended") {
      if (news.as === 0 || news.as === SWITCHED_OFF) return;
      reader = news.as === RESTART ? start() : undefined;
      if (news.as !== RESTART) afterCrash(news.as, builds, print);
      continue;
    }
    if (reader !== undefined) print("Built; KOReader starts again.");
    await reader?.end();
    built = nextBuild(builds);
    reader = start();
  }
}

const nextBuild = (builds: Builds): Promise<News> => builds.next().then((): News => ({ kind: "built" }));

function afterCrash(as: Ending, { canChange }: Builds, print: Run["print"]): void {
  const what = `KOReader ended with ${as}; the log above and crash.log in its home say why`;
  if (!canChange) throw new Error(what);
  print(`${what}. It starts again after the next change.`);
}

/** Resolves when a signal is aborted, also when it was already. */
export function whenAborted(signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
