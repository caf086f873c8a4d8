import type { Connection } from "../core/connection";
import { concernsServer, type Failure } from "../core/failure";
import { type BookId, type ConnectionId, type EntryId, settle } from "../core/outbox";
import type { Cancel } from "../ports/scheduler";
import type { Job } from "../ports/workers";
import { part } from "../parts";
import { arrive } from "./arrive";
import type { DeliveryMessage, Parcel } from "./delivery-job";
import type { Errands } from "./errands";
import type { Runtime } from "./runtime";
import { serverFailed } from "./trouble";
import { visit } from "./visit";

/** Entries that one worker takes along: bounds its memory and its time. */
const BATCH = 50;

/** One round to one connection, from its first batch to its last. */
interface Round {
  readonly connection: Connection;
  /** A tap asked for it: say how it ended. */
  report: boolean;
  sent: number;
  /** The newest entry that was taken along: an entry is tried once in a round. */
  last: EntryId;
  failure: Failure | undefined;
  /** Books that the server turned out not to have. */
  readonly missed: LuaSet<BookId>;
}

type Settled = DeliveryMessage & { readonly kind: "settled" };

/** Brings the outbox to the servers, whenever there is a connection and something waits. */
export class Delivery {
  private readonly rounds = new LuaMap<ConnectionId, Round>();
  private readonly retries = new LuaMap<ConnectionId, Cancel>();

  constructor(private readonly errands: Errands) {}

  /** @param how `report` says by a toast how it went; `onlyHealthy` leaves out servers whose last exchange failed */
  start(runtime: Runtime, how: { readonly report?: boolean; readonly onlyHealthy?: boolean } = {}): void {
    const { report = false, onlyHealthy = false } = how;
    if (!runtime.network.isConnected()) return;
    for (const connection of runtime.settings.connections()) {
      if (onlyHealthy && !runtime.health.isWell(connection.id)) continue;
      const running = this.rounds.get(connection.id);
      if (running !== undefined) running.report ||= report;
      else if (runtime.health.isPausing(connection.id)) this.retryLater(runtime, connection.id);
      else this.begin(runtime, connection, report);
    }
  }

  /** Forgets the rounds in progress, whose workers are gone. */
  stop(): void {
    for (const [connection, cancel] of this.retries) {
      cancel();
      this.retries.delete(connection);
    }
    for (const [connection] of this.rounds) this.rounds.delete(connection);
  }

  /** When the pause is over: a server may come back while nobody touches the device. */
  private retryLater(runtime: Runtime, connection: ConnectionId): void {
    this.retries.get(connection)?.();
    const pause = runtime.health.pauseLeft(connection);
    if (pause === Infinity) return;
    const retry = runtime.scheduler.after(pause, () => {
      this.start(runtime);
    });
    this.retries.set(connection, retry);
  }

  private begin(runtime: Runtime, connection: Connection, report: boolean): void {
    const round: Round = { connection, report, sent: 0, last: 0 as EntryId, failure: undefined, missed: new LuaSet() };
    this.rounds.set(connection.id, round);
    this.sendBatch(runtime, round);
  }

  private sendBatch(runtime: Runtime, round: Round): void {
    this.errands.add<DeliveryMessage>({
      prepare: () => this.prepare(runtime, round),
      onMessage: message => {
        this.act(runtime, round, message);
      },
      onEnd: failure => {
        round.failure ??= failure;
        if (failure === undefined) runtime.outbox.release(round.connection.id);
        else runtime.outbox.doubt();
        if (round.failure === undefined) runtime.health.succeeded(round.connection.id);
        if (round.failure === undefined) this.sendBatch(runtime, round);
        else this.finish(runtime, round);
      },
    });
  }

  private prepare(runtime: Runtime, round: Round): Job<DeliveryMessage> | undefined {
    const { connection } = round;
    const parcels = this.collect(runtime, round);
    if (parcels.length === 0) {
      this.finish(runtime, round);
      return undefined;
    }
    const device = runtime.settings.deviceName();
    const open = visit(runtime, connection);
    return tell => {
      part("app/errand-work").deliver(open(), device, parcels, tell);
    };
  }

  private collect(runtime: Runtime, round: Round): Parcel[] {
    const { clock, eras } = runtime;
    eras.observe({ epoch: clock.epoch(), monotonic: clock.monotonic() });
    const parcels: Parcel[] = [];
    for (const entry of runtime.outbox.take(round.connection.id, round.last, BATCH)) {
      round.last = entry.id;
      const facts = runtime.books.facts(entry.book);
      const link = runtime.books.link(entry.book, round.connection.id);
      const shift = entry.payload.kind === "session" ? runtime.eras.shiftFrom(entry.payload.session.era) : undefined;
      parcels.push({
        entry,
        ...(shift !== undefined ? { shift } : {}),
        ...(facts !== undefined ? { facts } : {}),
        ...(link !== undefined ? { link } : {}),
      });
    }
    return parcels;
  }

  private act(runtime: Runtime, round: Round, message: DeliveryMessage): void {
    const connection = round.connection.id;
    switch (message.kind) {
      case "matched":
        runtime.books.saveLink(message.book, connection, message.match);
        break;
      case "gone":
        runtime.books.unlink(message.book, connection);
        break;
      case "written":
        runtime.books.wrote(message.book, connection, message.stamp);
        break;
      case "moved":
        arrive(runtime, connection, message.book, message.position);
        break;
      case "unreachable":
        round.failure = message.failure;
        break;
      case "reached":
        runtime.health.reached(connection, message.address);
        break;
      case "settled":
        this.settled(runtime, round, message);
        break;
    }
  }

  private settled(runtime: Runtime, round: Round, { entry, book, outcome }: Settled): void {
    const settlement = settle(outcome);
    if (outcome.kind === "unmatched") this.missed(runtime, round, book);
    switch (settlement.kind) {
      case "remove":
        round.sent += 1;
        runtime.outbox.remove(entry);
        break;
      case "stay":
        runtime.outbox.stay(entry, settlement.state, settlement.reason);
        break;
    }
    if (outcome.kind === "failed" && concernsServer(outcome.failure.reason)) round.failure = outcome.failure;
  }

  /** A book with many entries is missed once in a round. */
  private missed(runtime: Runtime, round: Round, book: BookId): void {
    if (round.missed.has(book)) return;
    round.missed.add(book);
    runtime.books.missed(book, round.connection.id);
  }

  private note(runtime: Runtime, { connection, sent, failure }: Round): void {
    if (sent === 0 && failure === undefined) return;
    const entry = { at: runtime.clock.epoch(), connection: connection.id, sent };
    runtime.journal.note(failure === undefined ? entry : { ...entry, reason: failure.reason });
  }

  private finish(runtime: Runtime, round: Round): void {
    const { connection, failure } = round;
    this.rounds.delete(connection.id);
    this.note(runtime, round);
    if (failure !== undefined) {
      serverFailed(runtime, connection, failure, round.report);
      this.retryLater(runtime, connection.id);
    }
    if (!round.report) return;
    if (failure !== undefined) return runtime.notices().failed(connection.name, failure.reason);
    const left = runtime.outbox.count(connection.id);
    runtime.notices().synced(round.sent, left.sessions + left.positions);
  }
}
