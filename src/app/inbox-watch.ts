import type { Connection } from "../core/connection";
import type { ConnectionId } from "../core/outbox";
import type { InboxItem } from "../ports/server";
import { part } from "../parts";
import type { Runtime } from "./runtime";
import { visit } from "./visit";

/** A worker's word: the items, in an object because an empty list would travel as one; or the address alone. */
interface Word {
  readonly items?: readonly InboxItem[];
  readonly address?: string;
  /** The server has no inbox, or it is switched off. */
  readonly isNone?: boolean;
}

const without = new LuaSet<ConnectionId>();
/** Items that the reader was told of since KOReader started. */
const told = new LuaSet<string>();

/** Asks every server in the background, and offers what is new to the reader. */
export function watchInbox(runtime: Runtime): void {
  for (const connection of runtime.settings.connections()) {
    if (without.has(connection.id) || runtime.health.isPausing(connection.id)) continue;
    ask(runtime, connection);
  }
}

function ask(runtime: Runtime, connection: Connection): void {
  const open = visit(runtime, connection);
  runtime.errands.add<Word>({
    prepare: () => tell => {
      const server = open();
      const found = server.inbox?.items();
      const address = server.address();
      if (address !== undefined) tell({ address });
      if (found?.ok === true) tell({ items: found.value });
      else tell({ isNone: found === undefined || found.failure.reason === "unsupported" });
    },
    onMessage: ({ items = [], address, isNone = false }) => {
      if (address !== undefined) runtime.health.reached(connection.id, address);
      if (isNone) without.add(connection.id);
      if (items.length > 0) received(runtime, connection, items);
    },
    // Whoever delivers finds out whether a server is well.
    onEnd: () => {},
  });
}

function received(runtime: Runtime, connection: Connection, items: readonly InboxItem[]): void {
  const { inboxOf, offerInbox } = part("app/library-work");
  const inbox = inboxOf(runtime);
  inbox.received(connection, items);
  const names = inbox.offers().map(offer => `${offer.connection.id} ${offer.item.itemId}`);
  const news = names.filter(name => !told.has(name));
  for (const name of news) told.add(name);
  if (news.length === 0) return;
  const offer = () => {
    // Somebody may have taken them out of the menu meanwhile.
    if (inbox.offers().length > 0) offerInbox(runtime);
  };
  if (runtime.reading === undefined) return offer();
  runtime.notices().sent(news.length);
  runtime.afterBook = offer;
}
