import { describe, expect, it } from "vitest";
import { fallbackBeside, pageForAll } from "../../../src/shelf/tome/fallback";

const routes = [
  { method: "GET", path: "/api/health" },
  { method: "PUT", path: "/api/books/:book_id/status" },
  { method: "GET", path: "/api/plugin/main-impl.lua" },
];
const ask = (method: string, url: string, headers = {}) => ({
  method,
  url,
  origin: "http://shelf:8080",
  headers,
});
const preflight = { origin: "http://evil.test", "access-control-request-method": "GET" };

describe("an address that no route takes", () => {
  it.each([
    ["GET", "/nothing", 200, 404],
    ["POST", "/nothing", 405, 404],
    ["GET", "/", 200, 404],
    ["GET", "/api/health/", 200, 307],
    ["HEAD", "/api/health", 405, 405],
    ["GET", "/api/books/9/status", 200, 405],
    ["GET", "/api/books//status", 200, 404],
    ["GET", "/api/plugin/main-implxlua", 200, 404],
    ["GET", "//api/health", 200, 404],
  ])("%s %s → %d with web pages, %d without", (method, url, withPages, without) => {
    expect(pageForAll(ask(method, url)).status).toBe(withPages);
    expect(fallbackBeside(routes)(ask(method, url)).status).toBe(without);
  });

  it("names what is allowed, and the way without the slash", () => {
    const fallback = fallbackBeside(routes);
    expect(fallback(ask("POST", "/api/books/9/status")).headers).toEqual({ allow: "PUT" });
    const location = "http://shelf:8080/api/books/9/status?a=b/c";
    expect(fallback(ask("PUT", "/api/books/9/status/?a=b/c")).headers).toEqual({ location });
  });

  it("refuses a page of another origin", () => {
    expect(pageForAll(ask("OPTIONS", "/api/health", preflight)).status).toBe(400);
    expect(fallbackBeside(routes)(ask("OPTIONS", "/api/health", preflight)).status).toBe(400);
  });
});
