import { type BookFacts, titleOfFile } from "../core/book";
import { type Connection, newConnectionId, normalizeAddress } from "../core/connection";
import type { BookId, NewEntry } from "../core/outbox";
import { type MappedBook, mappedBooks, type PendingSession, pendingSessions } from "../core/tome-sync";
import { digestOf, tomeSyncState } from "../koreader/tome-sync";
import type { TakenOver } from "../ports/neighbours";
import type { Cancel } from "../ports/scheduler";
import type { Errands } from "./errands";
import type { Runtime } from "./runtime";

/** Files that one worker looks at. */
const BATCH = 100;

type FoundFile = MappedBook & { readonly digest: string };

/** The worker that looks at files now. */
interface Looking {
  cancel: Cancel;
}

/**
 * Takes over TomeSync's server, key, books and waiting sessions. Nothing is taken twice, and nothing of it is changed: what
 * was cancelled can be done again.
 */
export function takeOver(runtime: Runtime, errands: Errands, done: (taken: TakenOver) => void): Cancel {
  const looking: Looking = { cancel: () => {} };
  begin(runtime, errands, looking, done);
  return () => {
    looking.cancel();
  };
}

function begin(runtime: Runtime, errands: Errands, looking: Looking, done: (taken: TakenOver) => void): void {
  const state = tomeSyncState();
  const address = normalizeAddress(state.url ?? "");
  if (!address.ok || state.key === undefined) return done({ books: 0, sessions: 0 });
  const connection = connectionTo(runtime, address.value, state.key);
  const takeOver = new TakeOver(runtime, connection);
  const finish = () => {
    const sessions = takeOver.addSessions(pendingSessions(state.pendingSessions));
    runtime.delivery.start(runtime);
    done({ server: connection.name, books: takeOver.books, sessions });
  };
  lookAtFiles(errands, looking, mappedBooks(state.bookMap), found => takeOver.addBook(found), finish);
}

/** The one that leads there already, or a new one. */
function connectionTo({ settings, random }: Runtime, url: string, key: string): Connection {
  const known = settings.connections();
  const same = known.find(connection => connection.url === url);
  if (same !== undefined) return same;
  const connection: Connection = { id: newConnectionId(random.uuid()), kind: "tome", name: "Tome", url, key };
  settings.saveConnection(connection);
  return connection;
}

/** Reads a piece of every file, in workers; a file that is gone is passed over. */
function lookAtFiles(
  errands: Errands,
  looking: Looking,
  files: readonly MappedBook[],
  found: (file: FoundFile) => void,
  finish: () => void,
): void {
  if (files.length === 0) return finish();
  const batch = files.slice(0, BATCH);
  looking.cancel = errands.add<FoundFile>({
    prepare: () => tell => {
      for (const { file, remoteId } of batch) {
        const digest = digestOf(file);
        if (digest !== undefined) tell({ file, remoteId, digest });
      }
    },
    onMessage: file => found(file),
    onEnd: () => {
      lookAtFiles(errands, looking, files.slice(BATCH), found, finish);
    },
  });
}

class TakeOver {
  books = 0;
  private readonly byRemoteId = new Map<string, BookId>();

  constructor(
    private readonly runtime: Runtime,
    private readonly connection: Connection,
  ) {}

  /** What Ribbon knows of a book already stays. TomeSync found it by name or by content, it does not say which. */
  addBook({ file, digest, remoteId }: FoundFile): void {
    const { books, links } = this.runtime;
    const book = books.find(digest) ?? books.identify(factsOf(file, digest));
    this.byRemoteId.set(remoteId, book);
    if (links().link(book, this.connection.id) !== undefined) return;
    links().saveLink(book, this.connection.id, { remoteId, method: "name" });
    // The reader has seen it work.
    links().confirm(book, this.connection.id);
    this.books += 1;
  }

  /** They keep their ids, by which the server knows one that it has already. Gives how many are new. */
  addSessions(pending: readonly PendingSession[]): number {
    const { outbox, settings } = this.runtime;
    const taken = settings.takenSessions();
    const entries: NewEntry[] = [];
    for (const { remoteId, session } of pending) {
      if (taken.includes(session.id)) continue;
      const book = this.byRemoteId.get(remoteId) ?? this.goneBook(remoteId);
      entries.push({ connection: this.connection.id, book, payload: { kind: "session", session } });
      taken.push(session.id);
    }
    if (entries.length === 0) return 0;
    outbox.add(entries);
    settings.noteTakenSessions(taken);
    return entries.length;
  }

  /** Its file is not on the device any more: only its number on the server is known. */
  private goneBook(remoteId: string): BookId {
    const { books, links } = this.runtime;
    const book = books.identify({ digest: `tome:${remoteId}`, file: "", title: "", authors: "" });
    links().saveLink(book, this.connection.id, { remoteId, method: "picked" });
    this.byRemoteId.set(remoteId, book);
    return book;
  }
}

function factsOf(file: string, digest: string): BookFacts {
  return { digest, file, title: titleOfFile(file), authors: "" };
}
