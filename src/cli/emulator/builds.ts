// The builds that a running KOReader waits for.
import type { Workshop } from "./workshop";

export interface Builds {
  /** Resolves when there is a build that was not taken yet; asked again, waits for the next one. */
  next(): Promise<void>;
  /** Whether there can be another one. */
  readonly canChange: boolean;
  close(): Promise<void>;
}

/** One build, before anything is started. Rejects when it fails. */
export async function buildOnce(workshop: Workshop, print: (line: string) => void): Promise<Builds> {
  await workshop.build(print);
  let isTaken = false;
  const next = () => {
    const isThere = !isTaken;
    isTaken = true;
    return isThere ? Promise.resolve() : new Promise<void>(() => undefined);
  };
  return { next, canChange: false, close: () => Promise.resolve() };
}

/** A build now and at each change. Several that nobody took are one. */
export function watchBuilds(workshop: Workshop, print: (line: string) => void): Builds {
  print("Building the plugin; it is built again whenever something in src/ or po/ changes …");
  let isWaiting = false;
  let wake = (): void => undefined;
  const watch = workshop.watch(isBuilt => {
    if (!isBuilt) return print("That does not build: what runs stays as it is until the next change.");
    isWaiting = true;
    wake();
  });
  const next = async () => {
    if (!isWaiting) await new Promise<void>(resolve => (wake = resolve));
    isWaiting = false;
  };
  return { next, canChange: true, close: () => watch.close() };
}
