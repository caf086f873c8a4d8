import { pauseAfter } from "../core/backoff";
import type { Connection } from "../core/connection";
import { afterDownloadFailed } from "../core/download-retry";
import { concernsServer, type Failure } from "../core/failure";
import { seconds } from "../core/units";
import type { DownloadStore, KeptDownload } from "../ports/download-store";
import type { DownloadProgress } from "../ports/downloads";
import type { Cancel } from "../ports/scheduler";
import type { Runtime } from "./runtime";
import { serverFailed } from "./trouble";

type Trouble = NonNullable<DownloadProgress["pausedBy"]>;

/** The tries at one book in a row: how many failed, why the last one did, and the pause before the next. */
export class DownloadTries {
  private trouble: Trouble | undefined;
  private failures = 0;
  private pause: Cancel | undefined;

  /** @param again begins the next one, once its time has come */
  constructor(
    private readonly runtime: Runtime,
    private readonly store: DownloadStore,
    private readonly again: () => void,
  ) {}

  /** The next one comes by itself, a moment later. */
  isPausing(): boolean {
    return this.pause !== undefined;
  }

  /** The next one, in a turn of KOReader's loop of its own, unless it is to come later anyhow. */
  next(): void {
    this.pause ??= this.after(0);
  }

  succeeded({ id }: Connection): void {
    this.failures = 0;
    this.trouble = undefined;
    this.runtime.health.succeeded(id);
  }

  /** It waits for the network, for the next try, or for the reader. `gotOn`: more of the book is here than before. */
  failed(connection: Connection, download: KeptDownload, failure: Failure, gotOn: boolean): void {
    const { network, random } = this.runtime;
    const { reason } = failure;
    this.trouble = { reason, connectionName: connection.name };
    this.store.change(download.id, { state: "waiting", reason });
    if (!network.isConnected()) return;
    this.failures = gotOn ? 1 : this.failures + 1;
    if (concernsServer(reason) && reason !== "disk" && reason !== "cancelled") {
      serverFailed(this.runtime, connection, failure, true);
    }
    const after = afterDownloadFailed(failure, this.failures);
    if (after.kind === "fail") return this.giveUp(connection, download, failure, after.withOthers);
    this.pause = this.after(Math.max(pauseAfter(this.failures, random.fraction()), failure.retryAfter ?? 0));
  }

  /** Whatever failed before may work now. */
  forgive(): void {
    this.stop();
    this.trouble = undefined;
    this.failures = 0;
  }

  /** The next one does not come by itself any more. */
  stop(): void {
    this.pause?.();
    this.pause = undefined;
  }

  /** All is over: nobody asks what the trouble was. */
  over(): void {
    this.trouble = undefined;
  }

  /** Why nothing runs although something waits. */
  obstacle(): Trouble | undefined {
    if (this.runtime.network.isConnected()) return this.trouble;
    return { reason: "offline", connectionName: this.trouble?.connectionName ?? "" };
  }

  private after(pause: number): Cancel {
    return this.runtime.scheduler.after(seconds(pause), () => {
      this.pause = undefined;
      this.again();
    });
  }

  private giveUp({ id }: Connection, download: KeptDownload, failure: Failure, withOthers: boolean): void {
    const { reason, lacking, said } = failure;
    const more = { ...(lacking === undefined ? {} : { lacking }), ...(said === undefined ? {} : { said }) };
    this.failures = 0;
    this.store.change(download.id, { state: "failed", reason, ...more });
    if (withOthers) this.store.changeAll(["waiting"], { state: "failed", reason }, id);
  }
}
