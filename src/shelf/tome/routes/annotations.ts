import { planDelete, planUpsert, type Known } from "../../annotations/merge";
import { clockOffset, onDevice, wallStamp } from "../../annotations/wall-clock";
import type { Notebook } from "../../store/annotations";
import { bookNotFound, fault, ok } from "../answer";
import type { Context } from "../context";
import { endpoint, type Endpoint } from "../endpoint";
import { object, optional, required, type Values } from "../fields";
import { integer, list, text } from "../values";

const upsertFields = {
  anchor: required(text),
  anchor_end: optional(text),
  highlighted_text: optional(text),
  note: optional(text),
  chapter: optional(text),
  color: optional(text),
  datetime: optional(text),
  datetime_updated: optional(text),
  adopted_from: optional(text),
};
const deleteFields = { anchor: required(text), datetime: optional(text) };
const fields = {
  upserts: list(object(upsertFields)),
  deletes: list(object(deleteFields)),
  device_time: optional(text),
};
type Changes = Values<typeof fields>;
type Applied = Record<"created" | "updated" | "deleted" | "skipped", number>;

const PROVISIONAL = "web:";

/** What a device marked in a book. Both answers hold all that is known of the book, for the device to merge. */
export function annotationRoutes(context: Context): Endpoint[] {
  return [readAnnotations(context), syncAnnotations(context)];
}

function readAnnotations(context: Context): Endpoint {
  return endpoint({
    method: "GET",
    path: "/api/tome-sync/annotations/:book_id",
    guard: context.guards.plugin,
    params: { book_id: required(integer) },
    query: { device_time: optional(text) },
    handle: ({ who, params, query }) =>
      ok(stateOf(context, { userId: who.id, bookId: params.book_id }, query.device_time)),
  });
}

function syncAnnotations(context: Context): Endpoint {
  const { store, guards } = context;
  return endpoint({
    method: "POST",
    path: "/api/tome-sync/annotations/:book_id/sync",
    guard: guards.plugin,
    params: { book_id: required(integer) },
    body: fields,
    handle: ({ who, params, body }) => {
      if (!store.books.isActive(params.book_id)) return bookNotFound;
      const notebook = { userId: who.id, bookId: params.book_id };
      return store.transaction(() => {
        if (isContradictory(context, notebook, body)) return fault;
        const applied = apply(context, notebook, body);
        return ok({ ...stateOf(context, notebook, body.device_time), applied });
      });
    },
  });
}

/** Tome 2.3 breaks on the making and deleting of one new annotation in one request. */
function isContradictory({ store }: Context, notebook: Notebook, { upserts, deletes }: Changes): boolean {
  const made = new Set(upserts.map(upsert => upsert.anchor).filter(anchor => anchor !== ""));
  return deletes.some(({ anchor }) => made.has(anchor) && !store.annotations.find(notebook, anchor));
}

function apply(context: Context, notebook: Notebook, { upserts, deletes, device_time }: Changes): Applied {
  const applied: Applied = { created: 0, updated: 0, deleted: 0, skipped: 0 };
  const offset = clockOffset(device_time, wallStamp(context.now()));
  for (const upsert of upserts) {
    if (upsert.anchor !== "") applied[applyUpsert(context, notebook, upsert, offset)] += 1;
  }
  for (const { anchor, datetime } of deletes) {
    const outcome = anchor === "" ? undefined : applyDelete(context, notebook, anchor, datetime, offset);
    if (outcome !== undefined) applied[outcome] += 1;
  }
  return applied;
}

function applyUpsert(
  context: Context,
  notebook: Notebook,
  upsert: Values<typeof upsertFields>,
  offset: number,
): keyof Applied {
  const { annotations } = context.store;
  const { anchor, anchor_end: anchorEnd, highlighted_text, note, chapter, color, datetime, datetime_updated } = upsert;
  const said = { anchor, anchorEnd, text: highlighted_text, note, chapter, color };
  const stamps = { created: datetime, changed: datetime_updated };
  const step = planUpsert({ ...said, ...stamps }, known(context, notebook, anchor), offset);
  if (step.isRevived) annotations.unbury(notebook, anchor);
  else if (step.kind === "skip") return "skipped";
  // The device found the place of what a browser marked: the provisional one was a part of it, nothing was deleted.
  if (upsert.adopted_from?.startsWith(PROVISIONAL) === true) annotations.delete(notebook, upsert.adopted_from);
  if (step.kind === "skip") return "skipped";
  annotations.put(notebook, step.annotation, context.now().toISOString());
  return step.kind === "create" ? "created" : "updated";
}

function applyDelete(
  context: Context,
  notebook: Notebook,
  anchor: string,
  datetime: string | null,
  offset: number,
): keyof Applied | undefined {
  const { annotations } = context.store;
  const step = planDelete(anchor, datetime, known(context, notebook, anchor), offset);
  if (step.kind === "skip") return "skipped";
  if (step.tombstone) annotations.bury(notebook, step.tombstone);
  return annotations.delete(notebook, anchor) ? "deleted" : undefined;
}

function known({ store }: Context, notebook: Notebook, anchor: string): Known {
  return {
    row: store.annotations.find(notebook, anchor),
    tombstone: store.annotations.tombstone(notebook, anchor),
  };
}

function stateOf({ store, now }: Context, notebook: Notebook, deviceTime: string | null): object {
  const serverTime = wallStamp(now());
  const offset = clockOffset(deviceTime, serverTime);
  return {
    book_id: notebook.bookId,
    annotations: store.annotations.of(notebook).map(each => ({
      id: each.id,
      anchor: each.anchor,
      anchor_end: each.anchorEnd,
      highlighted_text: each.text,
      note: each.note,
      chapter: each.chapter,
      color: each.color,
      datetime: onDevice(each.created, offset),
      datetime_updated: onDevice(each.changed, offset),
      updated_at: each.updatedAt,
    })),
    tombstones: store.annotations
      .tombstones(notebook)
      .map(({ anchor, deleted }) => ({ anchor, deleted_at: onDevice(deleted, offset) })),
    server_time: serverTime,
  };
}
