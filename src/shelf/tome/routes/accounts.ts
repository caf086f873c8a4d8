import { verifyPassword } from "../../accounts/password";
import { permissionsOf } from "../../accounts/permissions";
import type { Role, User } from "../../store/users";
import { ok, refuse } from "../answer";
import { withoutZone, type Context } from "../context";
import { anybody, endpoint, type Endpoint } from "../endpoint";
import { optional, required } from "../fields";
import { flag, integer, oneOf, text } from "../values";

const ROLES: readonly Role[] = ["guest", "member", "admin"];

/** Who there is, who is asking, and the way in with a password. */
export function accountRoutes(context: Context): Endpoint[] {
  return [setupNeeded(context), login(context), whoAmI(context), changeUser(context)];
}

function setupNeeded({ store }: Context): Endpoint {
  return endpoint({
    method: "GET",
    path: "/api/auth/setup-needed",
    guard: anybody,
    handle: () => ok({ setup_needed: store.users.isEmpty() }),
  });
}

/** A Tome 2.3 takes any number of attempts; Shelf slows them down, with the status that proxies use for it. */
function login({ store, tokens, attempts }: Context): Endpoint {
  return endpoint({
    method: "POST",
    path: "/api/auth/login",
    guard: anybody,
    body: { username: required(text), password: required(text) },
    handle: async ({ body, from }) => {
      const attempt = { account: body.username, address: from };
      const wait = attempts.take(attempt);
      if (wait > 0) return refuse(429, "Too many attempts", { "retry-after": String(wait) });
      const user = store.users.findByLogin(body.username);
      const isRight = await verifyPassword(body.password, user?.passwordHash ?? null);
      if (!user || !isRight) return refuse(401, "Invalid credentials");
      attempts.succeeded(attempt);
      if (!user.isActive) return refuse(403, "Account is disabled");
      return ok({ access_token: await tokens.issue(user.id), token_type: "bearer" });
    },
  });
}

function whoAmI({ guards }: Context): Endpoint {
  return endpoint({
    method: "GET",
    path: "/api/auth/me",
    guard: guards.account,
    handle: ({ who }) => {
      const session = { must_change_password: who.mustChangePassword, auth_source: "local", oidc_linked: false };
      return ok({ ...profile(who), ...session });
    },
  });
}

function changeUser({ store, guards }: Context): Endpoint {
  return endpoint({
    method: "PUT",
    path: "/api/users/:user_id",
    guard: guards.admin,
    params: { user_id: required(integer) },
    body: { is_active: optional(flag), role: optional(oneOf(ROLES)) },
    handle: ({ params, body }) => {
      if (!store.users.find(params.user_id)) return refuse(404, "User not found");
      if (body.is_active !== null) store.users.setActive(params.user_id, body.is_active);
      if (body.role !== null) store.users.setRole(params.user_id, body.role);
      const changed = store.users.find(params.user_id);
      return changed ? ok(profile(changed)) : refuse(404, "User not found");
    },
  });
}

function profile(user: User): object {
  return {
    id: user.id,
    username: user.username,
    email: user.email,
    is_active: user.isActive,
    is_admin: user.role === "admin",
    role: user.role,
    created_at: withoutZone(user.createdAt),
    permissions: permissionsOf(user.role),
  };
}
