import { advance } from "../../reading-status";
import type { NewSession } from "../../store/sessions";
import { bookNotFound, created, refuse, type Answer } from "../answer";
import type { Context } from "../context";
import { endpoint, type Endpoint } from "../endpoint";
import { optional, required, type Values } from "../fields";
import { parsePythonDate } from "../python-date";
import { integer, real, text } from "../values";

const fields = {
  book_id: required(integer),
  started_at: required(text),
  ended_at: optional(text),
  duration_seconds: optional(integer),
  progress_start: optional(real),
  progress_end: optional(real),
  pages_turned: optional(integer),
  device: optional(text),
  session_uuid: optional(text),
};

/** A stretch of reading. A session with an id that is known to anybody is not stored again. */
export function sessionRoutes(context: Context): Endpoint[] {
  const { store, guards } = context;
  return [
    endpoint({
      method: "POST",
      path: "/api/tome-sync/session",
      guard: guards.plugin,
      body: fields,
      handle: ({ who, body }) => {
        if (!store.books.isActive(body.book_id)) return bookNotFound;
        return store.transaction(() => addSession(context, who.id, body));
      },
    }),
  ];
}

function addSession(context: Context, userId: number, body: Values<typeof fields>): Answer {
  const sessionUuid = body.session_uuid === "" ? null : body.session_uuid;
  const known = sessionUuid === null ? undefined : context.store.sessions.findByUuid(sessionUuid);
  if (known !== undefined) return created({ session_id: known });
  const started = parsePythonDate(body.started_at);
  const ended = body.ended_at === null || body.ended_at === "" ? null : parsePythonDate(body.ended_at);
  if (started.kind === "invalid") return refuse(400, `Invalid datetime: ${started.why}`);
  if (ended?.kind === "invalid") return refuse(400, `Invalid datetime: ${ended.why}`);
  const session: NewSession = {
    userId,
    bookId: body.book_id,
    startedAt: started.iso,
    endedAt: ended?.iso ?? null,
    durationSeconds: body.duration_seconds,
    progressStart: body.progress_start,
    progressEnd: body.progress_end,
    pagesTurned: body.pages_turned,
    device: body.device,
    sessionUuid,
  };
  advanceBy(context, session);
  return created({ session_id: context.store.sessions.add(session) });
}

function advanceBy({ store, now }: Context, { userId, bookId, progressEnd }: NewSession): void {
  if (progressEnd === null) return;
  const at = now().toISOString();
  const report = { percentage: progressEnd, monotonic: true, at };
  store.statuses.put(userId, bookId, advance(store.statuses.find(userId, bookId), report), at);
}
