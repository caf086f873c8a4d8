import { digestOf } from "../accounts/keys";
import type { LoginTokens } from "../accounts/login-token";
import { ribbonVersionIn } from "../plugin/user-agent";
import type { Store } from "../store/store";
import type { User } from "../store/users";
import { refuse } from "./answer";
import type { Admission, Guard } from "./endpoint";

/** Who may use which route. */
export interface Guards {
  /** A plugin key: everything below /api/tome-sync. */
  readonly plugin: Guard<User>;
  /** A login token or a personal one: the rest. A read-only token may only read. */
  readonly account: Guard<User>;
  /** As `account`, and an administrator. */
  readonly admin: Guard<User>;
}

export function makeGuards(store: Store, tokens: LoginTokens, now: () => Date): Guards {
  const plugin = pluginGuard(store, now);
  const account = accountGuard(store, tokens);
  const admin: Guard<User> = async incoming => {
    const admission = await account(incoming);
    if (admission.kind !== "admitted" || admission.who.role === "admin") return admission;
    return { kind: "refused", answer: refuse(403, "Administrators only") };
  };
  return { plugin, account, admin };
}

function pluginGuard(store: Store, now: () => Date): Guard<User> {
  return ({ authorization, headers }) => {
    if (authorization === undefined) {
      const issue = { type: "missing", loc: ["header", "authorization"], msg: "Field required", input: null };
      return { kind: "incomplete", issues: [issue] };
    }
    // Tome 2.3 wants this very spelling of Bearer here, and any on the other routes.
    const token = authorization.startsWith("Bearer ") ? authorization.slice("Bearer ".length).trim() : "";
    if (token === "") return unauthorized("Bearer token required");
    const key = store.credentials.findKey(digestOf(token));
    if (!key) return unauthorized("Invalid API key");
    const user = store.users.find(key.userId);
    if (user?.isActive !== true) return unauthorized("User not found or inactive");
    store.credentials.touchKey(key.id, now().toISOString(), ribbonVersionIn(headers["user-agent"]));
    return { kind: "admitted", who: user };
  };
}

function accountGuard(store: Store, tokens: LoginTokens): Guard<User> {
  return async ({ authorization, method }) => {
    const [, token] = /^bearer\s+(\S.*)$/i.exec(authorization ?? "") ?? [];
    if (token === undefined) return challenge("Not authenticated");
    const personal = store.credentials.findToken(digestOf(token));
    const userId = personal?.userId ?? (await tokens.userOf(token));
    const user = userId === undefined ? undefined : store.users.find(userId);
    if (user?.isActive !== true) return challenge("Could not validate credentials");
    if (personal?.scope === "readonly" && method !== "GET") {
      return { kind: "refused", answer: refuse(403, "This token is read-only") };
    }
    return { kind: "admitted", who: user };
  };
}

function unauthorized(detail: string): Admission<never> {
  return { kind: "refused", answer: refuse(401, detail) };
}

function challenge(detail: string): Admission<never> {
  return { kind: "refused", answer: refuse(401, detail, { "www-authenticate": "Bearer" }) };
}
