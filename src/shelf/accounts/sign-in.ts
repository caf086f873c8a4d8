import { randomBytes } from "node:crypto";
import type { Store } from "../store/store";
import type { User } from "../store/users";
import type { WebSession } from "../store/web-sessions";
import { digestOf } from "./keys";

const DAY_MS = 24 * 3600 * 1000;
/** Who did not come for a month signs in again, and everybody does once in half a year. */
const IDLE_MS = 30 * DAY_MS;
const LONGEST_MS = 180 * DAY_MS;
/** A visit is written down at most this often, so that looking at pages writes nothing. */
const TOUCH_MS = 10 * 60 * 1000;
const LONGEST_BROWSER = 200;

/** How long a browser keeps the cookie of a session. */
export const SESSION_SECONDS = LONGEST_MS / 1000;

export interface SignedIn {
  readonly user: User;
  readonly session: WebSession;
}

/** What a cookie holds: 256 random bits. The store only sees its digest. */
export function newSessionId(): string {
  return randomBytes(32).toString("base64url");
}

/** Signs a user in and returns what the browser's cookie has to hold. Old sessions of anybody are forgotten. */
export function signIn(store: Store, userId: number, browser: string, now: Date): string {
  const id = newSessionId();
  const at = now.toISOString();
  const before = (age: number) => new Date(now.getTime() - age).toISOString();
  store.webSessions.purge(before(IDLE_MS), before(LONGEST_MS));
  const name = browser.slice(0, LONGEST_BROWSER);
  store.webSessions.add({ hash: digestOf(id), userId, browser: name, createdAt: at, seenAt: at });
  return id;
}

/** Who is behind a cookie; undefined when nobody is, the session is over, or the account is closed. */
export function signedIn(store: Store, id: string, now: Date): SignedIn | undefined {
  const session = store.webSessions.find(digestOf(id));
  const user = session && store.users.find(session.userId);
  if (!session || user?.isActive !== true) return undefined;
  const age = (since: string) => now.getTime() - Date.parse(since);
  if (age(session.seenAt) > IDLE_MS || age(session.createdAt) > LONGEST_MS) {
    store.webSessions.end(session.hash);
    return undefined;
  }
  if (age(session.seenAt) > TOUCH_MS) store.webSessions.touch(session.hash, now.toISOString());
  return { user, session };
}
