import type { Match, RemoteBook } from "../../core/book";
import { isXPointer, type Position, type RemotePosition } from "../../core/position";
import type { SessionRecord } from "../../core/session";
import { isoUtc } from "../../core/timestamp";
import { fraction } from "../../core/units";
import { oneLine } from "../../core/plain-text";
import { fieldsOf, numberOf, textOf, wordsOf } from "./tome-fields";

/** In bytes, of what a server says to the reader. */
const LONGEST_WORDS = 200;

/** Field names and shapes of the Tome API as recorded from Tome 2.3; whatever a server sends is checked here. */

/** Tome's own explanation of a refusal, for the log. */
export function detailOf(body: unknown): string {
  return textOf(fieldsOf(body)["detail"]) ?? "no detail";
}

/** The same for the reader: one line, cut to what a screen has room for. */
export function saidOf(body: unknown): { readonly said?: string } {
  const said = oneLine(wordsOf(fieldsOf(body)["detail"], LONGEST_WORDS) ?? "");
  return said === "" ? {} : { said };
}

/** `{"status": "ok", "version": "2.3.0"}` */
export function versionOf(body: unknown): string | undefined {
  const fields = fieldsOf(body);
  return textOf(fields["status"]) === "ok" ? textOf(fields["version"]) : undefined;
}

/** `{"book_id": 9, "method": "ko_hash"}`; without a method the server guessed by the file's name. */
export function matchOf(body: unknown): Match | undefined {
  const fields = fieldsOf(body);
  const id = numberOf(fields["book_id"]);
  if (id === undefined) return undefined;
  return { remoteId: `${id}`, method: fields["method"] === "ko_hash" ? "digest" : "name" };
}

/** `{"matches": {"<digest>": 9}}`, asked for these digests. */
export function digestMatchesOf(body: unknown, digests: readonly string[]): [digest: string, match: Match][] {
  const matches = fieldsOf(fieldsOf(body)["matches"]);
  const found: [string, Match][] = [];
  for (const digest of digests) {
    const id = numberOf(matches[digest]);
    if (id !== undefined) found.push([digest, { remoteId: `${id}`, method: "digest" }]);
  }
  return found;
}

function bookOf(entry: unknown): RemoteBook | undefined {
  const fields = fieldsOf(entry);
  const id = numberOf(fields["id"]);
  const title = textOf(fields["title"]);
  if (id === undefined || title === undefined) return undefined;
  const author = textOf(fields["author"]);
  const series = textOf(fields["series"]);
  const volume = numberOf(fields["series_index"]);
  return {
    remoteId: `${id}`,
    title,
    ...(author !== undefined ? { author } : {}),
    ...(series !== undefined ? { series } : {}),
    ...(volume !== undefined ? { volume } : {}),
  };
}

/** The books of a list; an entry of another shape is passed over. */
export function booksOf(body: unknown): RemoteBook[] {
  const entries = fieldsOf(body)["books"];
  const books: RemoteBook[] = [];
  if (typeof entries !== "object") return books;
  for (const entry of (entries ?? []) as unknown[]) {
    const book = bookOf(entry);
    if (book !== undefined) books.push(book);
  }
  return books;
}

/** A locator that this reader cannot read (Tome's web reader writes `epubcfi(…)`) is left out: the fraction serves. */
export function positionOf(body: unknown): RemotePosition | undefined {
  const fields = fieldsOf(body);
  const percentage = numberOf(fields["percentage"]);
  const stamp = textOf(fields["updated_at"]);
  if (percentage === undefined || stamp === undefined) return undefined;
  const locator = textOf(fields["progress"]);
  const device = textOf(fields["device"]);
  return {
    fraction: fraction(percentage),
    stamp,
    ...(locator !== undefined && isReadable(locator) ? { locator } : {}),
    ...(device !== undefined ? { device } : {}),
  };
}

/** An xpointer, or the number of a page. */
function isReadable(locator: string): boolean {
  return isXPointer(locator) || (locator !== "" && locator.split("").every(digit => "0123456789".includes(digit)));
}

/** The stamp that a position PUT gives back. */
export function stampOf(body: unknown): string | undefined {
  return textOf(fieldsOf(body)["timestamp"]);
}

export function positionBody(position: Position, device: string): object {
  return { progress: position.locator, percentage: position.fraction, device };
}

export function sessionBody(bookId: number, session: SessionRecord, device: string): object {
  return {
    book_id: bookId,
    started_at: isoUtc(session.startedAt),
    ended_at: isoUtc(session.endedAt),
    duration_seconds: session.duration,
    progress_start: session.progressStart,
    progress_end: session.progressEnd,
    pages_turned: session.pageTurns,
    device,
    session_uuid: session.id,
  };
}
