import type { HttpRequest } from "../../ports/http";
import type { Failure } from "../failure";
import type { Headers } from "./head";
import { originOf, resolveUrl, type Url } from "./url";

/** What becomes of an answer that may be a redirect. */
export type Redirect =
  | { readonly kind: "none" }
  | { readonly kind: "follow"; readonly url: Url; readonly request: HttpRequest; readonly isStranger: boolean }
  | { readonly kind: "refuse"; readonly failure: Failure };

const STATUSES = [301, 302, 303, 307, 308];
/** Those that ask for the same method again (RFC 9110, 15.4). */
const KEEPS_METHOD = [307, 308];
const MOST_HOPS = 5;
/** All that another host may see: whatever else a connection carries may be a secret, under any name. */
const HARMLESS = ["accept", "accept-language", "user-agent", "range", "if-range"];

const isSecure = (url: Url): boolean => url.scheme === "https";

/** The same server, or the same host with TLS added. */
function isSamePlace(from: Url, to: Url): boolean {
  if (originOf(from) === originOf(to)) return true;
  return from.host === to.host && !isSecure(from) && isSecure(to);
}

function isAllowed(method: HttpRequest["method"], status: number, from: Url, to: Url): boolean {
  if (isSecure(from) && !isSecure(to)) return false;
  return method === "GET" || (KEEPS_METHOD.includes(status) && isSamePlace(from, to));
}

/** What another host gets: neither secrets, nor the trust that a reader put into the first one. */
function forStranger({ method, url, headers, deadlines, maxBytes }: HttpRequest): HttpRequest {
  const harmless = Object.fromEntries(
    Object.entries(headers).filter(([name]) => HARMLESS.includes(name.toLowerCase())),
  );
  return {
    method,
    url,
    headers: harmless,
    ...(deadlines !== undefined ? { deadlines } : {}),
    ...(maxBytes !== undefined ? { maxBytes } : {}),
  };
}

/** Somebody else's page, as far as we can tell: no verdict on what was to be sent. */
const refuse = (detail: string, movedTo?: string): Redirect => ({
  kind: "refuse",
  failure: { reason: "garbled", detail, ...(movedTo === undefined ? {} : { movedTo }) },
});

/**
 * Follows a GET anywhere but from https to http, and leaves everything that may be secret behind when the host changes;
 * anything that writes only where it would have gone anyway.
 * @param hops how many were followed for this request already
 */
export function decideRedirect(
  request: HttpRequest,
  from: Url,
  answer: { readonly status: number; readonly headers: Headers },
  hops: number,
): Redirect {
  if (!STATUSES.includes(answer.status)) return { kind: "none" };
  const to = resolveUrl(from, answer.headers["location"] ?? "http://");
  if (!to.ok) return refuse(`moved, but not where to: ${to.failure}`);
  const place = originOf(to.value);
  if (!isAllowed(request.method, answer.status, from, to.value)) return refuse(`moved to ${place}`, place);
  if (hops >= MOST_HOPS) return refuse(`moved too often, at last to ${place}`, place);
  const isStranger = !isSamePlace(from, to.value);
  return { kind: "follow", url: to.value, request: isStranger ? forStranger(request) : request, isStranger };
}
