import type { Connection } from "../core/connection";
import type { ConnectionId } from "../core/outbox";
import type { Cancel } from "../ports/scheduler";
import { part } from "../parts";
import type { Errands } from "./errands";
import type { Round, Rounds } from "./round";
import type { Runtime } from "./runtime";

/** Brings the outbox to the servers, whenever there is a connection and something waits. */
export class Delivery implements Rounds {
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
  retryLater(runtime: Runtime, connection: ConnectionId): void {
    this.retries.get(connection)?.();
    const pause = runtime.health.pauseLeft(connection);
    if (pause === Infinity) return;
    const retry = runtime.scheduler.after(pause, () => {
      this.start(runtime);
    });
    this.retries.set(connection, retry);
  }

  /** The round to this connection is over. */
  ended(connection: ConnectionId): void {
    this.rounds.delete(connection);
  }

  private begin(runtime: Runtime, connection: Connection, report: boolean): void {
    const round = new (part("app/exchange").Round)(this, this.errands, connection, report);
    this.rounds.set(connection.id, round);
    round.sendBatch(runtime);
  }
}
