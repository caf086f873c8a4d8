import { digestOf } from "../../accounts/keys";
import { newPairingCode, newPollToken, readCode } from "../../accounts/pairing";
import { ok, refuse } from "../answer";
import { withoutZone, type Context } from "../context";
import { anybody, endpoint, type Endpoint } from "../endpoint";
import { required } from "../fields";
import { text } from "../values";

const LIFETIME_MS = 5 * 60 * 1000;
/** An expired code is told apart from an unknown one for a while. */
const MEMORY_MS = 3600 * 1000;

const gone = refuse(410, "Code not found or expired");
const expired = refuse(410, "Code has expired");

/** Quick Connect: a device shows a code, a reader who is signed in enters it, and the device is in. */
export function pairingRoutes(context: Context): Endpoint[] {
  return [initiate(context), authorize(context), poll(context)];
}

function initiate({ store, now }: Context): Endpoint {
  return endpoint({
    method: "POST",
    path: "/api/auth/quick-connect/initiate",
    guard: anybody,
    handle: () => {
      const at = now().getTime();
      const expiresAt = new Date(at + LIFETIME_MS).toISOString();
      const pollToken = newPollToken();
      store.pairingCodes.purge(new Date(at - MEMORY_MS).toISOString());
      let code = newPairingCode();
      while (!store.pairingCodes.add({ code, pollHash: digestOf(pollToken), expiresAt })) code = newPairingCode();
      return ok({ code, poll_token: pollToken, expires_at: withoutZone(expiresAt) });
    },
  });
}

function authorize({ store, guards, now }: Context): Endpoint {
  return endpoint({
    method: "POST",
    path: "/api/auth/quick-connect/authorize",
    guard: guards.account,
    body: { code: required(text) },
    handle: ({ who, body }) => {
      const found = store.pairingCodes.find(readCode(body.code));
      if (!found) return refuse(404, "Code not found");
      if (found.expiresAt <= now().toISOString()) return expired;
      if (found.userId !== null) return refuse(409, "Code already authorized");
      store.pairingCodes.authorize(found.code, who.id);
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
