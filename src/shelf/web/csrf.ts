import { createHmac, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";

/** The name of the field that carries the token. */
export const CSRF_FIELD = "_csrf";

/** The token for the forms of one cookie: another site can make a browser send the cookie, but cannot read it. */
export function tokenFor(cookie: string): string {
  return createHmac("sha256", cookie).update("form").digest("base64url");
}

export function isToken(sent: string, expected: string): boolean {
  const [a, b] = [Buffer.from(sent), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/**
 * Whether a form comes from a page of this very host. Browsers say where it comes from; who says nothing has to do with
 * the token alone. A proxy may hide the host that the browser sees, so
 * there can be two. Only hosts are compared: a proxy that takes https off may not say so.
 */
export function isFromHere(headers: IncomingHttpHeaders, hosts: readonly string[]): boolean {
  const site = headers["sec-fetch-site"];
  if (site !== undefined && site !== "same-origin") return false;
  const from = headers.origin === undefined ? undefined : hostOf(headers.origin);
  return headers.origin === undefined || hosts.some(host => host.toLowerCase() === from);
}

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}
