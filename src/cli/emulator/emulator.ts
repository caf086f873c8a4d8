// A KOReader with Ribbon in it, connected to a library server: from its start to its end.
import fs from "node:fs";
import path from "node:path";
import type { Shelf } from "../../shelf/shelf";
import type { KOReader } from "./find-koreader";
import { copyBooks, installPlugin, writeReaderSettings } from "./furnish";
import { type Home, openHome } from "./home";
import { launchOf, type Screen } from "./launch";
import { type Library, startLibrary } from "./library";
import { ReaderLog } from "./reader-log";
import { buildOnce, watchBuilds } from "./builds";
import { keepRunning, whenAborted } from "./keep-running";
import { ReaderProcess } from "./reader-process";
import type { Workshop } from "./workshop";

export interface Wishes {
  readonly koreader: KOReader;
  readonly home: string;
  /** Empties the home before. */
  readonly isFresh: boolean;
  readonly screen: Screen;
  readonly language?: string;
  /** A folder of books for the server; sample books without one. */
  readonly books?: string;
  readonly hasServer: boolean;
  /** The server stays up when KOReader was closed. */
  readonly isKept: boolean;
  readonly isWatching: boolean;
  readonly isVerbose: boolean;
}

export interface Surroundings {
  readonly workshop: Workshop;
  readonly print: (line: string) => void;
  /** Aborted by Ctrl-C. */
  readonly stop: AbortSignal;
}

/** Runs until KOReader is closed or `stop` is aborted. Rejects with a sentence when it cannot, or when KOReader crashed. */
export async function runEmulator(wishes: Wishes, surroundings: Surroundings): Promise<void> {
  const home = openHome(wishes.home, wishes.isFresh);
  try {
    const library = wishes.hasServer ? await startLibrary(home, wishes.books) : undefined;
    try {
      if (library !== undefined) greet(library, surroundings.print);
      writeReaderSettings(home, wishes.language);
      if (library !== undefined) copyBooks(home, library.booksDir);
      await play(wishes, home, library, surroundings);
      if (library !== undefined && wishes.isKept) await keepUp(library.shelf, surroundings);
    } finally {
      await library?.shelf.close();
    }
  } finally {
    home.release();
  }
}

function greet({ shelf, booksDir }: Library, print: Surroundings["print"]): void {
  const code = shelf.setUpCode();
  print(`Shelf is at ${shelf.origin} with the books of ${booksDir}.`);
  if (code !== undefined) print(`Its pages ask for this set-up code: ${code}`);
}

/** Starts KOReader on the newest build until it is closed; the builder goes on meanwhile. */
async function play(wishes: Wishes, home: Home, library: Library | undefined, around: Surroundings): Promise<void> {
  const { workshop, print, stop } = around;
  const builds = wishes.isWatching ? watchBuilds(workshop, print) : await buildOnce(workshop, print);
  const log = fs.createWriteStream(path.join(home.folder, "crash.log"));
  const shown = new ReaderLog(wishes.isVerbose, print);
  const start = (): ReaderProcess => {
    installPlugin(home, workshop.pluginDir, library?.baked);
    return new ReaderProcess(launchOf(wishes.koreader, home.folder, wishes.screen), line => {
      log.write(`${line}\n`);
      shown.tell(line);
    });
  };
  try {
    await keepRunning({ start, builds, stop, print });
  } finally {
    await builds.close();
    await new Promise<void>(resolve => log.end(resolve));
  }
}

/** The server's pages stay until Ctrl-C. */
async function keepUp({ origin }: Shelf, { print, stop }: Surroundings): Promise<void> {
  if (stop.aborted) return;
  print(`KOReader was closed; Shelf stays at ${origin} until Ctrl-C.`);
  await whenAborted(stop);
}
