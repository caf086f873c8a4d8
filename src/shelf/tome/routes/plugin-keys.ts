import { mintKey } from "../../accounts/owner";
import type { PluginKey } from "../../store/credentials";
import { created, ok, refuse } from "../answer";
import { withoutZone, type Context } from "../context";
import { endpoint, type Endpoint } from "../endpoint";
import { optional, required } from "../fields";
import { integer, text } from "../values";

const DEFAULT_LABEL = "KOReader Plugin";

/** The keys with which e-readers come in. */
export function pluginKeyRoutes(context: Context): Endpoint[] {
  return [listKeys(context), addKey(context), revokeKey(context)];
}

function listKeys({ store, guards }: Context): Endpoint {
  return endpoint({
    method: "GET",
    path: "/api/plugin/api-keys",
    guard: guards.account,
    handle: ({ who }) => ok(store.credentials.keysOf(who.id).map(keyEntry)),
  });
}

function addKey({ store, guards, now }: Context): Endpoint {
  return endpoint({
    method: "POST",
    path: "/api/plugin/api-keys",
    guard: guards.account,
    body: { label: optional(text) },
    handle: ({ who, body }) => {
      const at = now().toISOString();
      const label = body.label ?? DEFAULT_LABEL;
      const { id, key } = mintKey(store, who.id, label, at);
      return created({ id, label, key, created_at: withoutZone(at) });
    },
  });
}

function revokeKey({ store, guards }: Context): Endpoint {
  return endpoint({
    method: "DELETE",
    path: "/api/plugin/api-keys/:key_id",
    guard: guards.account,
    params: { key_id: required(integer) },
    handle: ({ who, params }) =>
      store.credentials.revokeKey(params.key_id, who.id) ? { status: 204 } : refuse(404, "API key not found"),
  });
}

function keyEntry(key: PluginKey): object {
  return {
    id: key.id,
    label: key.label,
    key_preview: `${key.prefix}…`,
    created_at: withoutZone(key.createdAt),
    last_used_at: key.lastUsedAt === null ? null : withoutZone(key.lastUsedAt),
  };
}
