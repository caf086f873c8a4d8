import { advance } from "../../reading-status";
import type { Position } from "../../store/positions";
import { bookNotFound, ok, refuse } from "../answer";
import type { Context } from "../context";
import { endpoint, type Endpoint } from "../endpoint";
import { optional, required } from "../fields";
import { integer, real, text } from "../values";

const path = "/api/tome-sync/position/:book_id";
const KOSYNC = "kosync";
const params = { book_id: required(integer) };

/** Where the reader is. The last write wins, whatever it says; the server's clock is the only one. */
export function positionRoutes(context: Context): Endpoint[] {
  return [readPosition(context), writePosition(context)];
}

function readPosition(context: Context): Endpoint {
  return endpoint({
    method: "GET",
    path,
    guard: context.guards.plugin,
    params,
    handle: ({ who, params }) => {
      if (!context.store.books.isActive(params.book_id)) return bookNotFound;
      const position = newestPosition(context, who.id, params.book_id);
      if (!position) return refuse(404, "No position stored");
      const { progress, percentage, device, updatedAt } = position;
      return ok({ book_id: params.book_id, progress, percentage, device, updated_at: updatedAt });
    },
  });
}

/** With the bridge on, a place that a KOSync client pushed later is the reader's place. It is shown, not stored. */
function newestPosition({ store, settings }: Context, userId: number, bookId: number): Position | undefined {
  const own = store.positions.find(userId, bookId);
  const push = settings.kosyncPositionBridge ? store.kosync.newestOf(userId, bookId) : undefined;
  if (!push || (own && own.updatedAt >= push.pushedAt)) return own;
  const { progress, percentage, device, pushedAt } = push;
  return { progress, percentage, device: device === "" ? KOSYNC : device, updatedAt: pushedAt };
}

function writePosition(context: Context): Endpoint {
  const { store, guards, now } = context;
  return endpoint({
    method: "PUT",
    path,
    guard: guards.plugin,
    params,
    body: { progress: optional(text), percentage: required(real), device: optional(text) },
    handle: ({ who, params, body }) => {
      if (!store.books.isActive(params.book_id)) return bookNotFound;
      const updatedAt = now().toISOString();
      storePosition(context, who.id, params.book_id, { ...body, percentage: clamp(body.percentage), updatedAt });
      return ok({ ok: true, timestamp: updatedAt });
    },
  });
}

function storePosition({ store }: Context, userId: number, bookId: number, position: Position): void {
  store.transaction(() => {
    store.positions.put(userId, bookId, position);
    const before = store.statuses.find(userId, bookId);
    const report = { percentage: position.percentage, monotonic: false, at: position.updatedAt };
    store.statuses.put(userId, bookId, advance(before, report), position.updatedAt);
  });
}

/** To 0…1; what is no number counts as the end, as in Tome 2.3. */
export function clamp(percentage: number): number {
  return Number.isNaN(percentage) ? 1 : Math.max(0, Math.min(1, percentage));
}
