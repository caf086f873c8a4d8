import type { SessionRecord } from "./session";
import { epochOf } from "./timestamp";
import { epochSeconds, fraction, seconds } from "./units";

/** More than TomeSync keeps (200), and more books than an e-reader holds. */
const MOST_SESSIONS = 1000;
const MOST_BOOKS = 20_000;
const LONGEST_TEXT = 4096;
const LONGEST_SITTING = 7 * 24 * 3600;

type Fields = Readonly<Record<string, unknown>>;

/** A book file, and which book of the server it is. */
export interface MappedBook {
  readonly file: string;
  readonly remoteId: string;
}

/** A sitting that the other plugin could not send. */
export interface PendingSession {
  readonly remoteId: string;
  readonly session: SessionRecord;
}

function fieldsOf(value: unknown): Fields | undefined {
  return typeof value === "object" ? (value as Fields) : undefined;
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" && value.length <= LONGEST_TEXT ? value : undefined;
}

function numberOf(value: unknown, most: number): number {
  return typeof value === "number" && value >= 0 && value <= most ? value : 0;
}

/** Tome numbers its books. */
function remoteIdOf(value: unknown): string | undefined {
  const id = typeof value === "string" ? Number(value) : value;
  return typeof id === "number" && id >= 1 && id < 2 ** 31 && Math.floor(id) === id ? `${id}` : undefined;
}

/** `tomesync_book_map`: path to book id. What makes no sense is passed over. */
export function mappedBooks(stored: unknown): MappedBook[] {
  const fields = fieldsOf(stored) ?? {};
  const books: MappedBook[] = [];
  for (const path in fields) {
    const file = textOf(path);
    const remoteId = remoteIdOf(fields[path]);
    if (file?.startsWith("/") === true && remoteId !== undefined && books.length < MOST_BOOKS) {
      books.push({ file, remoteId });
    }
  }
  return books;
}

/** `tomesync_pending_sessions`: a list of bodies of `POST /api/tome-sync/session`. */
export function pendingSessions(stored: unknown): PendingSession[] {
  const sessions: PendingSession[] = [];
  if (fieldsOf(stored) === undefined) return sessions;
  for (const body of stored as unknown[]) {
    const session = pendingSession(fieldsOf(body) ?? {});
    if (session !== undefined && sessions.length < MOST_SESSIONS) sessions.push(session);
  }
  return sessions;
}

function pendingSession(body: Fields): PendingSession | undefined {
  const remoteId = remoteIdOf(body["book_id"]);
  const id = textOf(body["session_uuid"]);
  const startedAt = epochOf(textOf(body["started_at"]) ?? "");
  if (remoteId === undefined || id === undefined || startedAt === undefined) return undefined;
  const duration = numberOf(body["duration_seconds"], LONGEST_SITTING);
  const session = {
    id,
    startedAt,
    endedAt: epochOf(textOf(body["ended_at"]) ?? "") ?? epochSeconds(startedAt + duration),
    duration: seconds(duration),
    progressStart: fraction(numberOf(body["progress_start"], 1)),
    progressEnd: fraction(numberOf(body["progress_end"], 1)),
    pageTurns: Math.floor(numberOf(body["pages_turned"], 100_000)),
  };
  return { remoteId, session };
}
