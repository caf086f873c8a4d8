import { decideRedirect, type Redirect } from "../../src/core/http/redirect";
import { originOf, parseUrl } from "../../src/core/http/url";
import type { HttpRequest } from "../../src/ports/http";
import { describe, equal, it, same } from "../support/spec";

const secret = { Authorization: "Bearer key", "CF-Access-Client-Secret": "x", Accept: "application/json" };

function decide(
  method: HttpRequest["method"],
  from: string,
  status: number,
  location: string | undefined,
  hops = 0,
): Redirect {
  const url = parseUrl(from);
  if (!url.ok) return { kind: "none" };
  const request: HttpRequest = { method, url: from, headers: secret, body: "b", trust: { pin: "aa" } };
  return decideRedirect(request, url.value, { status, headers: location === undefined ? {} : { location } }, hops);
}

/** Where to, and which headers go along. */
function followed(redirect: Redirect): string {
  if (redirect.kind !== "follow") return redirect.kind === "refuse" ? (redirect.failure.detail ?? "") : "none";
  const { url, request } = redirect;
  const kept = request.headers["Authorization"] !== undefined && request.trust !== undefined ? "all" : "nothing secret";
  return `${originOf(url)}${url.target} with ${kept}`;
}

describe("a redirect", () => {
  const cases: [method: HttpRequest["method"], from: string, status: number, to: string, result: string][] = [
    ["GET", "http://a/x", 301, "/y", "http://a/y with all"],
    ["GET", "http://a/x", 302, "https://a/x", "https://a/x with all"],
    ["GET", "http://a/x", 303, "http://b/x", "http://b/x with nothing secret"],
    ["GET", "http://a/x", 307, "http://a:81/x", "http://a:81/x with nothing secret"],
    ["GET", "https://a/x", 308, "https://b/x", "https://b/x with nothing secret"],
    ["GET", "https://a/x", 301, "http://a/x", "moved to http://a"],
    ["POST", "http://a/x", 308, "https://a/x", "https://a/x with all"],
    ["PUT", "http://a/x", 307, "/y", "http://a/y with all"],
    ["POST", "http://a/x", 302, "/y", "moved to http://a"],
    ["POST", "http://a/x", 303, "/y", "moved to http://a"],
    ["POST", "http://a/x", 301, "https://a/x", "moved to https://a"],
    ["PUT", "http://a/x", 307, "http://b/x", "moved to http://b"],
    ["PUT", "https://a/x", 307, "https://a:8443/x", "moved to https://a:8443"],
    ["PUT", "https://a/x", 308, "http://a/x", "moved to http://a"],
    ["GET", "http://a/x", 200, "/y", "none"],
    ["GET", "http://a/x", 304, "/y", "none"],
    ["GET", "http://a/x", 300, "/y", "none"],
    ["GET", "http://a/x", 302, "ftp://a", "moved, but not where to: the address is not http(s)"],
  ];
  for (const [method, from, status, to, result] of cases) {
    it(`${status} of ${method} ${from} to ${to}: ${result}`, () => {
      equal(followed(decide(method, from, status, to)), result);
    });
  }

  it("keeps what is harmless for another host", () => {
    const redirect = decide("GET", "http://a/x", 302, "http://b/");
    same(redirect.kind === "follow" ? redirect.request.headers : {}, { Accept: "application/json" });
  });

  it("is followed five times", () => {
    equal(decide("GET", "http://a/x", 302, "/y", 4).kind, "follow");
    equal(followed(decide("GET", "http://a/x", 302, "/y", 5)), "moved too often, at last to http://a");
  });

  it("that does not say where to is refused", () => {
    const redirect = decide("GET", "http://a/x", 302, undefined);
    equal(redirect.kind === "refuse" ? redirect.failure.reason : "", "garbled");
  });
});
