const stamp = "2026-05-01 10:00:00";
const kosync = { document: "x", progress: "1", percentage: 0.5, device: "d", device_id: "i" };
const highlight = {
  anchor: "/p[1]",
  anchor_end: "/p[2]",
  highlighted_text: "t",
  note: "n",
  chapter: "c",
  color: "red",
};
const stamps = { datetime: stamp, datetime_updated: stamp, adopted_from: "web:1" };
const counted = { ko_id: 1, md5: "0", title: "Ash", authors: "x", series: "s", filename: "f", pages: 1 };
const page = { ko_id: 1, page: 1, start_time: 1, duration: 1, total_pages: 1 };
const session = { book_id: 9, started_at: "2026-05-01", ended_at: "2026-05-01", duration_seconds: 1 };
const turned = { progress_start: 0, progress_end: 0.5, pages_turned: 1, device: "d", session_uuid: "u" };

/** A sound body for every route that reads one. A new route needs a line here, or the tests of bad input fail. */
export const BODIES: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  "POST /api/auth/login": { username: "reader", password: "x" },
  "PUT /api/users/:user_id": { is_active: true, role: "member" },
  "POST /api/plugin/api-keys": { label: "x" },
  "POST /api/tome-sync/match-hashes": { hashes: ["x"] },
  "PUT /api/tome-sync/position/:book_id": { progress: "x", percentage: 0.5, device: "d" },
  "POST /api/tome-sync/session": { ...session, ...turned },
  "PUT /api/tome-sync/rating/:book_id": { rating: 4, review: "x" },
  "PUT /api/books/:book_id/rating": { rating: 4, review: "x" },
  "PUT /api/tome-sync/status/:book_id": { status: "read" },
  "PUT /api/books/:book_id/status": { status: "reading", progress_pct: 0.5, cfi: "x" },
  "POST /api/tome-sync/annotations/:book_id/sync": {
    upserts: [{ ...highlight, ...stamps }],
    deletes: [{ anchor: "/p[9]", datetime: stamp }],
    device_time: stamp,
  },
  "POST /api/annotations": { book_id: 9, highlighted_text: "t", note: "n", chapter: "c", color: "c", cfi: "x" },
  "PUT /api/annotations/:annotation_id": { note: "n", color: "c" },
  "POST /api/tome-sync/sweep/:book_id": {
    ...{ status: "read", rating: 4, review: "x" },
    ...{ percentage: 0.5, progress: "x", device: "d" },
  },
  "POST /api/saved-filters": { name: "x", params: { q: "x", tag: "y" } },
  "POST /api/tome-sync/stats/import": { device: "d", books: [counted], page_stats: [page] },
  "POST /api/tome-sync/stats/rename-device": { from_device: "a", to_device: "b" },
  "POST /api/send-to-device/koreader": { book_ids: [9] },
  "POST /api/auth/quick-connect/authorize": { code: "ABCDEF" },
  "POST /api/auth/quick-connect/poll": { code: "ABCDEF", poll_token: "x" },
  "POST /api/v1/users/create": { username: "u", password: "p" },
  "POST /api/auth/me/kosync": { password: "p" },
  "PUT /api/v1/syncs/progress": kosync,
};

/** Routes that write without reading a body. */
export const BODILESS: readonly string[] = [
  "POST /api/auth/quick-connect/initiate",
  "POST /api/books/:book_id/position-history/:history_id/restore",
  "POST /api/tome-sync/inbox/:item_id/delivered",
];

/** A sound query for every route that reads one. */
export const QUERIES: Readonly<Record<string, readonly string[]>> = {
  "GET /api/tome-sync/resolve": ["filename", "ko_md5"],
  "GET /api/tome-sync/author-books": ["author"],
  "GET /api/tome-sync/search": ["q"],
  "GET /api/tome-sync/shelf-books": ["shelf_id"],
  "GET /api/tome-sync/annotations/:book_id": ["device_time"],
  "GET /api/tome-sync/stats/watermark": ["device"],
};
