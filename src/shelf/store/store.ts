import { Annotations } from "./annotations";
import { Books } from "./books";
import { Browse } from "./browse";
import { Catalogue } from "./catalogue";
import { Credentials } from "./credentials";
import { openDatabase } from "./database";
import { Exports } from "./exports";
import { Files } from "./files";
import { Inbox } from "./inbox";
import { Kosync } from "./kosync";
import { PairingCodes } from "./pairing-codes";
import { Positions } from "./positions";
import { Reading } from "./reading";
import { Sessions } from "./sessions";
import { Shelves } from "./shelves";
import { Statistics } from "./statistics";
import { Statuses } from "./statuses";
import { Users } from "./users";
import { WebSessions } from "./web-sessions";

/** Everything that Shelf keeps. */
export interface Store {
  readonly users: Users;
  readonly credentials: Credentials;
  readonly books: Books;
  readonly files: Files;
  readonly catalogue: Catalogue;
  readonly browse: Browse;
  readonly shelves: Shelves;
  readonly positions: Positions;
  readonly statuses: Statuses;
  readonly sessions: Sessions;
  readonly annotations: Annotations;
  readonly statistics: Statistics;
  readonly reading: Reading;
  readonly exports: Exports;
  readonly kosync: Kosync;
  readonly inbox: Inbox;
  readonly pairingCodes: PairingCodes;
  readonly webSessions: WebSessions;
  /** Runs `work` so that all of its writes are kept or, when it throws, none. */
  transaction<T>(work: () => T): T;
  close(): void;
}

/** Opens the store in a folder; throws when the folder cannot be written or belongs to a newer Shelf. */
export function openStore(dataDir: string): Store {
  const db = openDatabase(dataDir);
  return {
    users: new Users(db),
    credentials: new Credentials(db),
    books: new Books(db),
    files: new Files(db),
    catalogue: new Catalogue(db),
    browse: new Browse(db),
    shelves: new Shelves(db),
    positions: new Positions(db),
    statuses: new Statuses(db),
    sessions: new Sessions(db),
    annotations: new Annotations(db),
    statistics: new Statistics(db),
    reading: new Reading(db),
    exports: new Exports(db),
    kosync: new Kosync(db),
    inbox: new Inbox(db),
    pairingCodes: new PairingCodes(db),
    webSessions: new WebSessions(db),
    transaction: work => db.transaction(work).immediate(),
    close: () => void db.close(),
  };
}
