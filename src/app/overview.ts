import type { ConnectionState, Overview, WaitingItem } from "../ports/overview";
import type { Runtime } from "./runtime";

/** Puts together what the screens show; reads the store, so only for a screen that is about to appear. */
export function overviewOf(runtime: Runtime): Overview {
  return {
    now: () => runtime.clock.epoch(),
    connections: () =>
      runtime.settings.connections().map((connection): ConnectionState => {
        const { lastSuccess, reason } = runtime.health.of(connection.id);
        return {
          connection,
          waiting: runtime.outbox.count(connection.id),
          ...(lastSuccess !== undefined ? { lastSuccess } : {}),
          ...(reason !== undefined ? { reason } : {}),
        };
      }),
    waiting: limit => waitingItems(runtime, limit),
  };
}

function waitingItems(runtime: Runtime, limit: number): WaitingItem[] {
  const items: WaitingItem[] = [];
  for (const { id, name } of runtime.settings.connections()) {
    for (const { book, payload, createdAt, reason } of runtime.outbox.list(id, limit)) {
      const title = runtime.books.facts(book)?.title ?? "";
      items.push({ title, connectionName: name, payload, createdAt, ...(reason !== undefined ? { reason } : {}) });
    }
  }
  return items;
}
