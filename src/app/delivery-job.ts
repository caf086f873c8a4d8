import type { BookFacts, Match } from "../core/book";
import { concernsServer, type Failure } from "../core/failure";
import { corrected } from "../core/clock-eras";
import type { Fraction, Seconds } from "../core/units";
import type { BookId, EntryId, EntryState, OutboxEntry, Outcome, Payload } from "../core/outbox";
import { success } from "../core/result";
import { decidePush, type RemotePosition } from "../core/position";
import type { SessionRecord } from "../core/session";
import type { Positions, Server, Sessions } from "../ports/server";
import type { Link } from "../ports/store";
import { findAgain, resolveBook } from "./look-up-job";

/** One entry with what the parent knows about its book. */
export interface Parcel {
  readonly entry: OutboxEntry;
  /** Absent when a damaged store lost them; then the link is there. */
  readonly facts?: BookFacts;
  readonly link?: Link;
  /** What brings the stamps of a sitting to the device's clock of now; absent when that is not known. */
  readonly shift?: Seconds;
}

/** What the worker tells as it goes; each `settled` is acted upon at once, so a worker that dies has lost nothing. */
export type DeliveryMessage =
  | { readonly kind: "matched"; readonly book: BookId; readonly match: Match }
  /** The server does not have the book any more that we took ours for. */
  | { readonly kind: "gone"; readonly book: BookId }
  | { readonly kind: "moved"; readonly book: BookId; readonly position: RemotePosition }
  | { readonly kind: "written"; readonly book: BookId; readonly stamp: string; readonly at: Fraction }
  | { readonly kind: "settled"; readonly entry: EntryId; readonly book: BookId; readonly outcome: Outcome }
  | { readonly kind: "unreachable"; readonly failure: Failure }
  | { readonly kind: "reached"; readonly address: string };

interface Sendable {
  readonly entry: OutboxEntry;
  readonly link: Link | undefined;
  readonly shift: Seconds | undefined;
}

type PlacePayload = Extract<Payload, { kind: "position" }>;

interface Unlinked {
  readonly entry: OutboxEntry;
  readonly facts: BookFacts | undefined;
  readonly shift: Seconds | undefined;
}

type Tell = (message: DeliveryMessage) => void;

const failed = (failure: Failure): Outcome => ({ kind: "failed", failure });

/** Runs in the worker: sends the entries in their order, and stops at the first failure that the next would meet too. */
class DeliveryRun {
  /** Books asked for in this run: a book with many entries is asked for once. */
  private readonly matches = new Map<BookId, Match | "none">();
  /** What the server knows by content of all books of this run that are not matched. */
  private byDigest: ReadonlyMap<string, Match> = new Map();

  constructor(
    private readonly server: Server,
    private readonly device: string,
    private readonly tell: Tell,
  ) {}

  /** Asks for all unmatched books at once. False when the server is out of reach. */
  matchAll(parcels: readonly Parcel[]): boolean {
    const digests: string[] = [];
    for (const { link, facts } of parcels) {
      if (link === undefined && facts !== undefined && !digests.includes(facts.digest)) digests.push(facts.digest);
    }
    if (digests.length === 0 || this.server.books === undefined) return true;
    const found = this.server.books.matchDigests(digests);
    if (found.ok) this.byDigest = found.value;
    // An old server has no such question: its books are asked for one by one.
    else if (found.failure.reason !== "unsupported") this.tell({ kind: "unreachable", failure: found.failure });
    return found.ok || found.failure.reason === "unsupported";
  }

  /** False when the server is out of reach, so that there is no use in going on. */
  send(parcel: Parcel): boolean {
    const outcome = this.outcomeOf(parcel);
    if (outcome === undefined) return false;
    const { id: entry, book } = parcel.entry;
    this.tell({ kind: "settled", entry, book, outcome });
    return outcome.kind !== "failed" || !concernsServer(outcome.failure.reason);
  }

  /** Nothing when the server is out of reach. */
  private outcomeOf({ entry, facts, link, shift }: Parcel): Outcome | undefined {
    // A book that was matched in this run has another number than its link says.
    const isLinked = link !== undefined && !this.matches.has(entry.book);
    if (!isLinked) return this.sendUnlinked({ entry, facts, shift });
    const outcome = this.outcomeFor({ entry, link, shift }, link);
    if (outcome.kind !== "failed" || outcome.failure.reason !== "missing" || facts === undefined) return outcome;
    const found = findAgain(this.server.books, facts, link);
    if (!found.ok) return this.unreachable(found.failure);
    if (found.value === "same") return outcome;
    if (found.value === "gone") this.tell({ kind: "gone", book: entry.book });
    this.learn(entry.book, found.value === "gone" ? undefined : found.value);
    return this.sendUnlinked({ entry, facts, shift });
  }

  private sendUnlinked({ entry, facts, shift }: Unlinked): Outcome | undefined {
    const match = facts === undefined ? "none" : this.match(entry.book, facts);
    return match === undefined ? undefined : this.outcomeFor({ entry, link: undefined, shift }, match);
  }

  private unreachable(failure: Failure): undefined {
    this.tell({ kind: "unreachable", failure });
    return undefined;
  }

  private match(book: BookId, facts: BookFacts): Match | "none" | undefined {
    const known = this.matches.get(book);
    if (known !== undefined) return known;
    const certain = this.byDigest.get(facts.digest);
    const found = certain === undefined ? resolveBook(this.server.books, facts) : success(certain);
    return found.ok ? this.learn(book, found.value) : this.unreachable(found.failure);
  }

  private learn(book: BookId, found: Match | undefined): Match | "none" {
    if (found !== undefined) this.tell({ kind: "matched", book, match: found });
    const match = found ?? "none";
    this.matches.set(book, match);
    return match;
  }

  private outcomeFor({ entry, link, shift }: Sendable, match: Match | "none"): Outcome {
    if (match === "none") return { kind: "unmatched" };
    if (link === undefined && match.method === "name") return { kind: "unconfirmed" };
    return this.deliver({ entry, link, shift }, match.remoteId);
  }

  private deliver({ entry, link, shift }: Sendable, remoteId: string): Outcome {
    switch (entry.payload.kind) {
      case "session": {
        const sessions = this.server.sessions;
        if (sessions === undefined) return { kind: "delivered" };
        return this.record(sessions, remoteId, this.stamped(entry.payload.session, shift), entry.state);
      }
      case "position": {
        const positions = this.server.positions;
        if (positions === undefined) return { kind: "delivered" };
        return this.push(positions, entry.book, remoteId, entry.payload, link);
      }
    }
  }

  /** The sitting by the server's clock, where the server tells its time. */
  private stamped(session: SessionRecord, shift: Seconds | undefined): SessionRecord {
    const time = this.server.time();
    return time === undefined ? session : corrected(session, shift, time.ahead, time.now);
  }

  /** A sitting whose last answer was lost may be there already: where sending it again would count it twice, we ask. */
  private record(sessions: Sessions, remoteId: string, session: SessionRecord, state: EntryState): Outcome {
    if (state === "unknown" && sessions.has !== undefined) {
      const known = sessions.has(remoteId, session);
      if (!known.ok) return failed({ ...known.failure, sent: true });
      if (known.value) return { kind: "delivered" };
    }
    const sent = sessions.record(remoteId, session);
    return sent.ok ? { kind: "delivered" } : failed(sent.failure);
  }

  /** Reads, compares, and writes only over what we have seen. Tome's write is unconditional: a race of one request remains. */
  private push(
    positions: Positions,
    book: BookId,
    remoteId: string,
    { position: ours, replaced }: PlacePayload,
    link: Link | undefined,
  ): Outcome {
    const remote = positions.read(remoteId);
    if (!remote.ok) return failed(remote.failure);
    const hand = { device: this.device, written: link?.written, tried: replaced ?? [] };
    switch (decidePush(ours, remote.value, link?.seen, hand)) {
      case "same":
        if (remote.value !== undefined)
          this.tell({ kind: "written", book, stamp: remote.value.stamp, at: remote.value.fraction });
        return { kind: "delivered" };
      case "moved":
        if (remote.value !== undefined) this.tell({ kind: "moved", book, position: remote.value });
        return { kind: "superseded" };
      case "push": {
        const written = positions.write(remoteId, ours);
        if (!written.ok) return failed(written.failure);
        this.tell({ kind: "written", book, stamp: written.value, at: ours.fraction });
        return { kind: "delivered" };
      }
    }
  }
}

export function deliver(server: Server, device: string, parcels: readonly Parcel[], tell: Tell): void {
  const run = new DeliveryRun(server, device, tell);
  if (run.matchAll(parcels)) for (const parcel of parcels) if (!run.send(parcel)) break;
  const address = server.address();
  if (address !== undefined) tell({ kind: "reached", address });
}
