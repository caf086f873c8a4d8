import { createHash } from "node:crypto";
import { hashPassword } from "../../accounts/password";
import { advance } from "../../reading-status";
import type { KosyncUser, Push } from "../../store/kosync";
import { created, ok, refuse } from "../answer";
import type { Context } from "../context";
import { anybody, endpoint, type Endpoint } from "../endpoint";
import { optional, required } from "../fields";
import { kosyncGuard } from "../kosync-guard";
import { real, text, textOrNumber } from "../values";
import { clamp } from "./position";

const invalidFields = refuse(400, "Invalid fields");
/** Who made the last place when no device did: Tome 2.3's web reader. */
const WEB = "web";

/** The server that KOReader's own plugin for places knows, KOSync, with the library's books linked by their digests. */
export function kosyncRoutes(context: Context): Endpoint[] {
  return [healthCheck(), signUp(context), signIn(context), link(context), push(context), pull(context)];
}

function healthCheck(): Endpoint {
  return endpoint({
    method: "GET",
    path: "/api/v1/healthcheck",
    guard: anybody,
    handle: () => ok({ state: "OK" }),
  });
}

function signUp({ store }: Context): Endpoint {
  return endpoint({
    method: "POST",
    path: "/api/v1/users/create",
    guard: anybody,
    body: { username: optional(text), password: optional(text) },
    handle: async ({ body }) => {
      const username = body.username ?? "";
      const key = body.password ?? "";
      if (username === "" || key === "") return invalidFields;
      const keyHash = await hashPassword(key);
      // The names of accounts are kept for their owners.
      const isTaken = store.kosync.user(username) !== undefined || store.users.findByLogin(username) !== undefined;
      if (isTaken) return refuse(402, "User already exists");
      store.kosync.addUser(username, keyHash);
      return created({ username });
    },
  });
}

function signIn({ store }: Context): Endpoint {
  return endpoint({
    method: "GET",
    path: "/api/v1/users/auth",
    guard: kosyncGuard(store),
    handle: () => ok({ authorized: "OK" }),
  });
}

/** Opens KOSync for an account, under its name and with a password for this alone. */
function link({ store, guards }: Context): Endpoint {
  return endpoint({
    method: "POST",
    path: "/api/auth/me/kosync",
    guard: guards.account,
    body: { password: required(text) },
    handle: async ({ who, body }) => {
      const keyHash = await hashPassword(createHash("md5").update(body.password).digest("hex"));
      store.transaction(() => store.kosync.link(who.id, who.username, keyHash));
      return created({ username: who.username });
    },
  });
}

function push(context: Context): Endpoint {
  const { store, now } = context;
  return endpoint({
    method: "PUT",
    path: "/api/v1/syncs/progress",
    guard: kosyncGuard(store),
    body: {
      document: optional(text),
      progress: optional(textOrNumber),
      percentage: optional(real),
      device: optional(text),
      device_id: optional(textOrNumber),
    },
    handle: ({ who, body }) => {
      const { document, progress, percentage, device, device_id: deviceId } = body;
      if (document === null || document === "" || progress === null || percentage === null || device === null)
        return invalidFields;
      const bookId = who.userId === null ? null : (store.books.findByHash(document) ?? null);
      const pushedAt = now().toISOString();
      const place = { document, progress, percentage: clamp(percentage), device, deviceId, bookId, pushedAt };
      store.transaction(() => keep(context, who, place));
      return ok({ document, timestamp: seconds(pushedAt) });
    },
  });
}

/** Tome's own place is left alone; only the reading status follows. */
function keep({ store }: Context, who: KosyncUser, place: Push): void {
  store.kosync.put(who.id, place);
  if (who.userId === null || place.bookId === null) return;
  const before = store.statuses.find(who.userId, place.bookId);
  const report = { percentage: place.percentage, monotonic: false, at: place.pushedAt };
  store.statuses.put(who.userId, place.bookId, advance(before, report), place.pushedAt);
}

/** The last push, or the reader's own place in that book when it is later. */
function pull({ store }: Context): Endpoint {
  return endpoint({
    method: "GET",
    path: "/api/v1/syncs/progress/:document",
    guard: kosyncGuard(store),
    params: { document: required(text) },
    handle: ({ who, params: { document } }) => {
      const pushed = store.kosync.find(who.id, document);
      const bookId = who.userId === null ? undefined : store.books.findByHash(document);
      const own = bookId === undefined ? undefined : store.positions.find(who.userId ?? 0, bookId);
      if (own && (!pushed || own.updatedAt > pushed.pushedAt)) {
        const { progress, percentage, device, updatedAt } = own;
        const place = { document, percentage, progress, device: device ?? WEB, device_id: null };
        return ok({ ...place, timestamp: seconds(updatedAt) });
      }
      return ok(pushed ? pushEntry(pushed) : {});
    },
  });
}

function pushEntry({ document, percentage, progress, device, deviceId, pushedAt }: Push): object {
  return { document, percentage, progress, device, device_id: deviceId, timestamp: seconds(pushedAt) };
}

function seconds(stamp: string): number {
  return Math.floor(Date.parse(stamp) / 1000);
}
