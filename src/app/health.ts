import { pauseAfter } from "../core/backoff";
import type { Failure, Reason } from "../core/failure";
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
  readonly reason?: Reason;
  readonly lastSuccess?: EpochSeconds;
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
    const { lastSuccess, reason } = this.of(connection);
    return lastSuccess !== undefined && reason === undefined;
  }

  isPausing(connection: ConnectionId): boolean {
    return this.clock.monotonic() < this.of(connection).notBefore;
  }

  /** How long nothing is tried in the background; 0 when nothing holds it off. */
  pauseLeft(connection: ConnectionId): Seconds {
    return seconds(Math.max(0, this.of(connection).notBefore - this.clock.monotonic()));
  }

  /** A new network or a tap: whatever failed before may work now. */
  forgive(): void {
    for (const [connection, fare] of this.fares)
      this.fares.set(connection, { ...fare, failures: 0, notBefore: seconds(0) });
  }

  succeeded(connection: ConnectionId): void {
    this.fares.set(connection, { ...UNTRIED, lastSuccess: this.clock.epoch() });
  }

  /** The server was out of reach or refused us as a whole: the next try waits, longer each time. */
  failed(connection: ConnectionId, { reason, detail, retryAfter }: Failure): void {
    const fare = this.of(connection);
    const failures = fare.failures + 1;
    const pause = Math.max(pauseAfter(failures, this.random.fraction()), retryAfter ?? 0);
    this.fares.set(connection, { ...fare, failures, reason, notBefore: seconds(this.clock.monotonic() + pause) });
    this.log.warn(`${connection}: ${reason} (${detail ?? "no detail"}), next try in ${Math.floor(pause)} s`);
  }
}
