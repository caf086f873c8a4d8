import { NEVER_OPENED, type Standing, type Status } from "../../reading-status";
import type { BookStatus } from "../../store/statuses";
import { bookNotFound, ok } from "../answer";
import type { Context } from "../context";
import { endpoint, type Endpoint } from "../endpoint";
import { optional, required, type Values } from "../fields";
import { integer, real, text } from "../values";
import { clamp } from "./position";
import { badRating, isRating } from "./rating";

const fields = {
  status: optional(text),
  rating: optional(real),
  review: optional(text),
  percentage: optional(real),
  progress: optional(text),
  device: optional(text),
};
type Report = Values<typeof fields>;

const DEFAULT_DEVICE = "sweep";

/** What a device finds in the sidecar of a book that is closed: it fills gaps and never overwrites. */
export function sweepRoutes(context: Context): Endpoint[] {
  const { store, guards } = context;
  return [
    endpoint({
      method: "POST",
      path: "/api/tome-sync/sweep/:book_id",
      guard: guards.plugin,
      params: { book_id: required(integer) },
      body: fields,
      handle: ({ who, params, body }) => {
        if (!store.catalogue.canSee(who, params.book_id)) return bookNotFound;
        if (!isRating(body.rating)) return badRating;
        const applied = store.transaction(() => fill(context, who.id, params.book_id, body));
        return ok({ ok: true, book_id: params.book_id, applied });
      },
    }),
  ];
}

function fill({ store, now }: Context, userId: number, bookId: number, report: Report): object {
  const at = now().toISOString();
  const before = store.statuses.find(userId, bookId);
  const percentage = report.percentage === null ? null : clamp(report.percentage);
  const status = missingStatus(before, report);
  const progressPct = before?.progressPct == null ? percentage : null;
  if (status !== undefined || progressPct !== null) {
    const standing: Standing = before ?? NEVER_OPENED;
    const filled = { status: status ?? standing.status, progressPct: progressPct ?? standing.progressPct };
    store.statuses.put(userId, bookId, { ...standing, ...filled }, at);
  }
  const rating = before?.rating == null ? report.rating : null;
  const review = report.review === "" ? null : report.review;
  if (rating !== null) store.statuses.rate(userId, bookId, { rating, review: review ?? before?.review ?? null }, at);
  const isPlaced = percentage !== null && !store.positions.find(userId, bookId);
  const place = { progress: report.progress, device: report.device ?? DEFAULT_DEVICE, updatedAt: at };
  if (isPlaced) store.positions.put(userId, bookId, { ...place, percentage });
  return {
    ...(status === undefined ? {} : { status }),
    ...(rating === null ? {} : { rating }),
    ...(rating === null || review === null ? {} : { review: true }),
    ...(progressPct === null ? {} : { progress_pct: progressPct }),
    ...(isPlaced ? { position: true } : {}),
  };
}

function missingStatus(before: BookStatus | undefined, { status }: Report): Status | undefined {
  const isGap = before === undefined || before.status === "unread";
  return isGap && (status === "reading" || status === "read") ? status : undefined;
}
