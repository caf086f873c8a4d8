import type { IncomingHttpHeaders } from "node:http";
import { digestOf } from "../accounts/keys";
import { verifyPassword } from "../accounts/password";
import type { KosyncUser } from "../store/kosync";
import type { Store } from "../store/store";
import { refuse } from "./answer";
import type { Admission, Guard } from "./endpoint";

const MOST_REMEMBERED = 1000;

/**
 * Lets KOSync clients in by their two headers. Takes as long for a name that nobody has. A key that was right is known
 * again by its digest, because these clients send it with every request and checking it anew is slow on purpose.
 */
export function kosyncGuard(store: Store): Guard<KosyncUser> {
  const known = new Set<string>();
  const isRight = async (key: string, keyHash: string | null) => {
    const digest = digestOf(`${keyHash ?? ""} ${key}`);
    if (known.has(digest)) return true;
    if (!(await verifyPassword(key, keyHash))) return false;
    if (known.size >= MOST_REMEMBERED) known.clear();
    known.add(digest);
    return true;
  };
  return async ({ headers }) => {
    const [username, key] = [header(headers, "x-auth-user"), header(headers, "x-auth-key")];
    if (username === "" || key === "") return refused(401, "Missing auth headers");
    const user = store.kosync.user(username);
    const isOwn = await isRight(key, user?.keyHash ?? null);
    if (!user || !isOwn) return refused(401, "Unauthorized");
    const account = user.userId === null ? undefined : store.users.find(user.userId);
    if (account?.isActive === false) return refused(401, "Unauthorized");
    if (account?.role === "guest") return refused(403, "Insufficient permissions");
    return { kind: "admitted", who: user };
  };
}

function header(headers: IncomingHttpHeaders, name: string): string {
  const value = headers[name];
  // Node reads headers as Latin-1; names beyond ASCII come in UTF-8.
  return typeof value === "string" ? Buffer.from(value, "latin1").toString() : "";
}

function refused(status: number, detail: string): Admission<never> {
  return { kind: "refused", answer: refuse(status, detail) };
}
