import { randomUUID } from "node:crypto";
import { shifted, wallStamp, type WallStamp } from "../../annotations/wall-clock";
import type { Annotation } from "../../store/annotations";
import { bookNotFound, created, ok, refuse } from "../answer";
import type { Context } from "../context";
import { endpoint, type Endpoint } from "../endpoint";
import { maybe, optional, required } from "../fields";
import { atMost, integer, text } from "../values";

const LONGEST_TEXT = 20_000;
const notFound = refuse(404, "Annotation not found");

/** What a browser marks: without a place that an e-reader knows, until a device finds one and adopts it. */
export function webAnnotationRoutes(context: Context): Endpoint[] {
  return [mark(context), edit(context), remove(context)];
}

function mark({ store, guards, now }: Context): Endpoint {
  return endpoint({
    method: "POST",
    path: "/api/annotations",
    guard: guards.account,
    body: {
      book_id: required(integer),
      highlighted_text: required(atMost(LONGEST_TEXT, text)),
      note: optional(text),
      chapter: optional(text),
      color: optional(text),
      cfi: optional(text),
    },
    handle: ({ who, body }) => {
      const { book_id: bookId, highlighted_text, note, chapter, color, cfi } = body;
      if (!store.catalogue.canSee(who, bookId)) return bookNotFound;
      const stamped = { stamp: wallStamp(now()), isByServer: true };
      const anchor = `web:${randomUUID()}`;
      const said = { anchor, anchorEnd: null, text: highlighted_text, note, chapter, color, cfi };
      const notebook = { userId: who.id, bookId };
      const id = store.annotations.put(notebook, { ...said, created: stamped, changed: stamped }, now().toISOString());
      const added = store.annotations.findById(who.id, id);
      return added ? created(entry(added)) : notFound;
    },
  });
}

function edit({ store, guards, now }: Context): Endpoint {
  return endpoint({
    method: "PUT",
    path: "/api/annotations/:annotation_id",
    guard: guards.account,
    params: { annotation_id: required(integer) },
    body: { note: maybe(text), color: maybe(text) },
    handle: ({ who, params, body }) => {
      const before = store.annotations.findById(who.id, params.annotation_id);
      if (!before) return notFound;
      const note = body.note === undefined ? before.note : body.note;
      const color = body.color === undefined ? before.color : body.color;
      const changed = { stamp: laterThan(before, wallStamp(now())), isByServer: true };
      const notebook = { userId: who.id, bookId: before.bookId };
      store.annotations.put(notebook, { ...withoutRow(before), note, color, changed }, now().toISOString());
      return ok(entry({ ...before, note, color, changed }));
    },
  });
}

function remove({ store, guards, now }: Context): Endpoint {
  return endpoint({
    method: "DELETE",
    path: "/api/annotations/:annotation_id",
    guard: guards.account,
    params: { annotation_id: required(integer) },
    handle: ({ who, params }) => {
      const found = store.annotations.findById(who.id, params.annotation_id);
      if (!found) return notFound;
      const { anchor, bookId, changed } = found;
      const notebook = { userId: who.id, bookId };
      const stamp = wallStamp(now());
      // Never before the last change; then it is the stamp of that change, which Tome 2.3 takes for a device's.
      const isLater = stamp > (changed.stamp ?? "");
      const deleted = isLater ? { stamp, isByServer: true } : { stamp: changed.stamp, isByServer: false };
      store.transaction(() => {
        store.annotations.delete(notebook, anchor);
        store.annotations.bury(notebook, { anchor, deleted });
      });
      return { status: 204 };
    },
  });
}

/** Devices take the newer word, so an edit is always newer than what it changes. */
function laterThan({ changed }: Annotation, stamp: WallStamp): WallStamp {
  return changed.stamp === null || stamp > changed.stamp ? stamp : shifted(changed.stamp, 1);
}

function withoutRow({ id, bookId, updatedAt, ...annotation }: Annotation) {
  return annotation;
}

function entry(annotation: Annotation): object {
  return {
    id: annotation.id,
    book_id: annotation.bookId,
    anchor: annotation.anchor,
    cfi: annotation.cfi,
    highlighted_text: annotation.text,
    note: annotation.note,
    chapter: annotation.chapter,
    color: annotation.color,
    datetime: annotation.created.stamp,
    datetime_updated: annotation.changed.stamp,
  };
}
