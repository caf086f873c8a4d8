import { digestOf } from "../../accounts/keys";
import { findCode, openCode, readCode } from "../../accounts/pairing";
import { ok, refuse } from "../answer";
import { withoutZone, type Context } from "../context";
import { anybody, endpoint, type Endpoint } from "../endpoint";
import { required } from "../fields";
import { readBody } from "../json-body";
import { text } from "../values";

const LONGEST_DEVICE = 100;

const gone = refuse(410, "Code not found or expired");
const expired = refuse(410, "Code has expired");

/** Quick Connect: a device shows a code, a reader who is signed in enters it, and the device is in. */
export function pairingRoutes(context: Context): Endpoint[] {
  return [initiate(context), authorize(context), poll(context)];
}

const REFUSALS = {
  unknown: refuse(404, "Code not found"),
  expired,
  used: refuse(409, "Code already authorized"),
};

/** The body says which device asks, if it says anything: a Tome 2.3 does not look at it at all. */
function initiate({ store, now }: Context): Endpoint {
  return {
    method: "POST",
    path: "/api/auth/quick-connect/initiate",
    answer: ({ body, contentType, from }) => {
      const { code, pollToken, expiresAt } = openCode(
        store,
        { device: deviceIn(body, contentType), address: from },
        now(),
      );
      return Promise.resolve(ok({ code, poll_token: pollToken, expires_at: withoutZone(expiresAt) }));
    },
  };
}

/** `{"device":{"name":"Clara"}}` → Clara, in at most a hundred printable characters. */
function deviceIn(bytes: Uint8Array | undefined, contentType: string | undefined): string | null {
  const body = readBody(bytes, contentType);
  const device = body.kind === "value" ? memberOf(body.value, "device") : undefined;
  const name = memberOf(device, "name");
  const line =
    typeof name === "string"
      ? name
          .replace(/\p{C}+/gu, " ")
          .trim()
          .slice(0, LONGEST_DEVICE)
      : "";
  return line === "" ? null : line;
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Object.getOwnPropertyDescriptor(value, name)?.value : undefined;
}

function authorize({ store, guards, now }: Context): Endpoint {
  return endpoint({
    method: "POST",
    path: "/api/auth/quick-connect/authorize",
    guard: guards.account,
    body: { code: required(text) },
    handle: ({ who, body }) => {
      const found = findCode(store, body.code, now());
      if (found.kind !== "open") return REFUSALS[found.kind];
      store.pairingCodes.authorize(found.code.code, who.id);
      return ok({ status: "authorized" });
    },
  });
}

function poll({ store, tokens, now }: Context): Endpoint {
  return endpoint({
    method: "POST",
    path: "/api/auth/quick-connect/poll",
    guard: anybody,
    body: { code: required(text), poll_token: required(text) },
    handle: async ({ body }) => {
      const found = store.pairingCodes.find(readCode(body.code));
      // Digests are compared, so that the time it takes tells nothing of the token.
      if (found?.pollHash !== digestOf(body.poll_token)) return gone;
      if (found.expiresAt <= now().toISOString()) {
        store.pairingCodes.delete(found.code);
        return expired;
      }
      if (found.userId === null) return ok({ status: "pending" });
      store.pairingCodes.delete(found.code);
      return ok({ status: "authorized", access_token: await tokens.issue(found.userId), token_type: "bearer" });
    },
  });
}
