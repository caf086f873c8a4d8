import { HAS_CATALOGUE } from "../core/catalogue";
import type { Connection } from "../core/connection";
import type { Failure } from "../core/failure";
import type { ConnectionId } from "../core/outbox";
import { failure, type Result } from "../core/result";
import { seconds } from "../core/units";
import type { Cancel } from "../ports/scheduler";
import type { Server } from "../ports/server";
import { CoverRuns } from "./cover-runs";
import type { Errands } from "./errands";
import { inquire } from "./inquiry";
import { Library } from "./library";
import type { Runtime } from "./runtime";

const GONE: Failure = { reason: "cancelled", detail: "the connection is no more" };
export const OFFLINE: Failure = { reason: "offline", detail: "no network" };

export type Done<Value> = (result: Result<Value, Failure>) => void;

/** The libraries of the reader's servers, each as its connection is now, and how they are asked. */
export class Libraries {
  readonly covering: CoverRuns;
  private readonly known = new LuaMap<ConnectionId, Library>();

  constructor(
    readonly runtime: Runtime,
    private readonly errands: Errands,
  ) {
    this.covering = new CoverRuns(runtime, errands);
  }

  all(): Connection[] {
    return this.runtime.settings.connections().filter(({ kind }) => HAS_CATALOGUE[kind]);
  }

  /** The library of a connection as it is now: with another address or key it is another one. */
  of(id: ConnectionId): Library | undefined {
    const connection = this.all().find(known => known.id === id);
    if (connection === undefined) return undefined;
    const known = this.known.get(id);
    if (known?.connection.url === connection.url && known.connection.key === connection.key) return known;
    const library = new Library(connection, this.runtime.clock);
    this.known.set(id, library);
    return library;
  }

  /** Why nothing is asked of this server without a tap. */
  obstacle(id: ConnectionId): Failure | undefined {
    const { network, health } = this.runtime;
    if (!network.isConnected()) return OFFLINE;
    return health.isPausing(id) ? (health.of(id).failure ?? OFFLINE) : undefined;
  }

  /** A question of a tap goes before covers that are on their way. */
  ask<Answer>(library: Library, ask: (server: Server) => Result<Answer, Failure>, done: Done<Answer>): Cancel {
    library.folder.make();
    const resume = this.covering.pause();
    const cancel = inquire(this.runtime, this.errands, library.connection, ask, asked => {
      done(asked);
    });
    resume();
    return cancel;
  }

  /** An answer that needs no server still comes a turn of the loop later. */
  later(task: () => void): Cancel {
    return this.runtime.scheduler.after(seconds(0), task);
  }

  fail(done: Done<never>, found: Failure = GONE): Cancel {
    return this.later(() => {
      done(failure(found));
    });
  }
}
