import { type Failure, nextStep } from "../core/failure";
import type { ConnectionId } from "../core/outbox";
import { failure } from "../core/result";
import type { DownloadStore } from "../ports/download-store";
import type { Runtime } from "./runtime";
import { serverFailed } from "./trouble";
import { visit } from "./visit";

/** What a worker tells of one item. */
type Word = { readonly item: string; readonly failure?: Failure };

const NO_INBOX: Failure = { reason: "unsupported", detail: "a server without an inbox" };

/** Tells the inboxes what arrived; what they do not hear now waits on disk for the next connection. */
export function sendReceipts(runtime: Runtime, store: DownloadStore): void {
  if (!runtime.network.isConnected()) return;
  const receipts = store.receipts();
  for (const { id } of runtime.settings.connections()) {
    if (!runtime.health.isPausing(id) && receipts.some(({ connection }) => connection === id)) {
      sendTo(runtime, store, id);
    }
  }
}

function sendTo(runtime: Runtime, store: DownloadStore, id: ConnectionId): void {
  const find = () => runtime.settings.connections().find(connection => connection.id === id);
  let problem: Failure | undefined;
  runtime.errands.add<Word>({
    prepare: () => {
      // Those before it in the queue may have told some of them.
      const items = store.receipts().flatMap(({ connection, item }) => (connection === id ? [item] : []));
      const connection = find();
      if (connection === undefined || items.length === 0) return undefined;
      const open = visit(runtime, connection);
      return tell => {
        const { inbox } = open();
        for (const item of items) {
          const told = inbox?.acknowledge(item) ?? failure(NO_INBOX);
          tell(told.ok ? { item } : { item, failure: told.failure });
          if (!told.ok && nextStep(told.failure.reason) !== "park") return;
        }
      };
    },
    onMessage: ({ item, failure: found }) => {
      if (found === undefined || nextStep(found.reason) === "park") store.removeReceipt({ connection: id, item });
      else problem = found;
      if (found !== undefined) runtime.log.warn(`inbox: ${found.reason} (${found.detail ?? "no detail"})`);
    },
    onEnd: () => {
      const connection = find();
      if (problem !== undefined && connection !== undefined) serverFailed(runtime, connection, problem);
    },
  });
}
