import { pauseAfter } from "../core/backoff";
import { type Failure, needsReader } from "../core/failure";
import type { ConnectionId } from "../core/outbox";
import { type EpochSeconds, type Seconds, seconds } from "../core/units";
import type { Clock } from "../ports/clock";
import type { Log } from "../ports/log";
import type { Random } from "../ports/random";

/** How one connection fares. */
export interface Fare {
  /** Failures in a row. */
  readonly failures: number;
  /** Nothing is tried in the background before this reading of the monotonic clock. */
  readonly notBefore: Seconds;
  /** Why the last exchange did not work; absent when it did. */
  readonly failure?: Failure;
  readonly lastSuccess?: EpochSeconds;
  /** The address that answered last, or the other one once that did not; where the next try begins. */
  readonly address?: string;
}

const UNTRIED: Fare = { failures: 0, notBefore: seconds(0) };

/** How every connection fares. Kept in memory only: a restart is a reason to try again. */
export class Health {
  private readonly fares = new LuaMap<ConnectionId, Fare>();

  constructor(
    private readonly clock: Clock,
    private readonly random: Random,
    private readonly log: Log,
  ) {}

  of(connection: ConnectionId): Fare {
    return this.fares.get(connection) ?? UNTRIED;
  }

  /** True when the last exchange worked. */
  isWell(connection: ConnectionId): boolean {
    const { lastSuccess, failure } = this.of(connection);
    return lastSuccess !== undefined && failure === undefined;
  }

  isPausing(connection: ConnectionId): boolean {
    return this.clock.monotonic() < this.of(connection).notBefore;
  }

  /** How long nothing is tried in the background; 0 when nothing holds it off, and endless when only the reader can help. */
  pauseLeft(connection: ConnectionId): Seconds {
    return seconds(Math.max(0, this.of(connection).notBefore - this.clock.monotonic()));
  }

  /** A new network or a tap: whatever failed before may work now. */
  forgive(): void {
    for (const [connection, fare] of this.fares)
      this.fares.set(connection, { ...fare, failures: 0, notBefore: seconds(0) });
  }

  /** The connection is another one now: nothing that was learned of it holds. */
  forget(connection: ConnectionId): void {
    this.fares.delete(connection);
  }

  /** Which address of a connection answered, or where to begin. */
  reached(connection: ConnectionId, address: string): void {
    this.fares.set(connection, { ...this.of(connection), address });
  }

  succeeded(connection: ConnectionId): void {
    const { address } = this.of(connection);
    const fare = { ...UNTRIED, lastSuccess: this.clock.epoch() };
    this.fares.set(connection, address === undefined ? fare : { ...fare, address });
  }

  /**
   * The server was out of reach or refused us as a whole: the next try waits, longer each time. Where only the reader can
   * help it waits for a tap or another network.
   */
  failed(connection: ConnectionId, failure: Failure): void {
    const { reason, detail, retryAfter } = failure;
    const fare = this.of(connection);
    const failures = fare.failures + 1;
    const usual = Math.max(pauseAfter(failures, this.random.fraction()), retryAfter ?? 0);
    const pause = needsReader(reason) ? Infinity : usual;
    this.fares.set(connection, { ...fare, failures, failure, notBefore: seconds(this.clock.monotonic() + pause) });
    const next = pause === Infinity ? "paused" : `next try in ${Math.floor(pause)} s`;
    this.log.warn(`${connection}: ${reason} (${detail ?? "no detail"}), ${next}`);
  }
}
