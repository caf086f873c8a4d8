import type { Seconds } from "../../core/units";
import type { Stream } from "./stream";

/** Node and uvicorn close a connection that was idle for five seconds; others wait longer. */
const KEPT_SECONDS = 4;

/** The connection of the last request, for the next one to the same place. */
export class KeptStream {
  private kept: { readonly key: string; readonly stream: Stream; readonly since: Seconds } | undefined;

  /** @param key all that makes two connections differ: server, proxy, trust */
  put(key: string, stream: Stream, now: Seconds): void {
    this.kept = { key, stream, since: now };
  }

  /** The connection, if it leads there and seems alive; any other is closed. */
  take(key: string, now: Seconds): Stream | undefined {
    const { kept } = this;
    this.kept = undefined;
    if (kept === undefined) return undefined;
    if (kept.key === key && now - kept.since < KEPT_SECONDS && !kept.stream.hasUnread()) return kept.stream;
    kept.stream.close();
    return undefined;
  }

  close(): void {
    this.kept?.stream.close();
    this.kept = undefined;
  }
}
