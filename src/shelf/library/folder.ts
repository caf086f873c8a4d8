import { readdir } from "node:fs/promises";
import type { Logger } from "../operation/log";
import type { Store } from "../store/store";
import { Covers } from "./covers";
import { makeParsers, type Parsers } from "./parsing/parsers";
import { Scanner, type WatchTimes } from "./scanner";

interface FolderOptions {
  readonly store: Store;
  readonly dataDir: string;
  readonly now: () => Date;
  /** The folder of books; without it nothing is found. */
  readonly booksDir?: string | undefined;
  readonly watch?: boolean | WatchTimes | undefined;
  readonly parsers?: Parsers | undefined;
  readonly log?: Logger | undefined;
}

/** The folder of books while a server runs. */
export interface Folder {
  readonly scanner: Scanner;
  readonly covers: Covers;
  /** Looks through it; when it is watched, beside whatever comes next. Rejects when it cannot be read. */
  begin(): Promise<void>;
  /** Ends what runs. Files that were not taken in yet are by the next start. */
  stop(): Promise<void>;
}

export function openFolder({ store, dataDir, now, booksDir, watch = false, log, ...given }: FolderOptions): Folder {
  const parsers = given.parsers ?? makeParsers();
  const scanner = new Scanner({ store, root: booksDir, now, parsers });
  const covers = new Covers({ store, root: booksDir, dataDir, parsers });
  const tell = (error: unknown) => log?.error({ err: error }, "the folder of books cannot be looked through");
  return {
    scanner,
    covers,
    begin: async () => {
      if (watch === false || booksDir === undefined) return void (await scanner.scan());
      await readdir(booksDir);
      scanner
        .scan()
        .then(() => covers.prune(), tell)
        .catch(tell);
      scanner.startWatching(watch === true ? undefined : watch);
    },
    stop: () => {
      const ended = scanner.close();
      if (!given.parsers) parsers.close();
      return ended;
    },
  };
}
