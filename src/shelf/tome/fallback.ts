import type { IncomingHttpHeaders } from "node:http";
import { refuse, type Answer } from "./answer";

/** A request that no route takes. */
export interface Unanswered {
  readonly method: string;
  /** Path and query as they were sent. */
  readonly url: string;
  /** The address under which was asked: `http://192.168.1.20:8080`. */
  readonly origin: string;
  readonly headers: IncomingHttpHeaders;
}

export type Fallback = (request: Unanswered) => Answer;

/** What is known of the routes: their method and their path, with parameters as `:name`. */
interface Route {
  readonly method: string;
  readonly path: string;
}

const PAGE = `<!doctype html>
<html lang="en">
  <head><meta charset="utf-8"><title>Shelf</title></head>
  <body><h1>Shelf</h1><p>This library speaks to e-readers. There is no page here.</p></body>
</html>
`;

const webPage: Answer = {
  status: 200,
  text: { type: "text/html; charset=utf-8", content: PAGE },
  headers: { "accept-ranges": "bytes", "last-modified": new Date().toUTCString() },
};

const wrongMethod = (allow: string) => refuse(405, "Method Not Allowed", { allow });

const foreignOrigin: Answer = {
  status: 400,
  text: { type: "text/plain; charset=utf-8", content: "Disallowed CORS origin" },
};

/**
 * The answer of a Tome 2.3 with its web interface to what no route answers: its page for every unknown GET, below /api
 * too, so that a client must look at the content type; for the rest it names GET as the only method, even where a PUT
 * would do.
 */
export const pageForAll: Fallback = request => {
  if (isForeignPreflight(request)) return foreignOrigin;
  return request.method === "GET" ? webPage : wrongMethod("GET");
};

/** The same of a Tome 2.3 without web interface: it knows its routes, and sends those who add a slash away from it. */
export function fallbackBeside(routes: readonly Route[]): Fallback {
  const matchers = routes.map(({ method, path }) => ({ method, pattern: patternOf(path) }));
  const find = (path: string) => matchers.find(({ pattern }) => pattern.test(path));
  return request => {
    if (isForeignPreflight(request)) return foreignOrigin;
    const [path = "", query] = splitOnce(request.url, "?");
    const route = find(path);
    if (route) return wrongMethod(route.method);
    const trimmed = path.replace(/\/+$/, "");
    if (trimmed === path || !find(trimmed)) return refuse(404, "Not Found");
    const location = `${request.origin}${trimmed}${query === undefined ? "" : `?${query}`}`;
    return { status: 307, headers: { location } };
  };
}

function isForeignPreflight({ method, headers }: Unanswered): boolean {
  const isPreflight = method === "OPTIONS" && headers["access-control-request-method"] !== undefined;
  return isPreflight && headers.origin !== undefined;
}

function patternOf(path: string): RegExp {
  const parts = path.split("/").map(part => (part.startsWith(":") ? "[^/]+" : part.replace(/[.]/g, "\\.")));
  return new RegExp(`^${parts.join("/")}$`);
}

function splitOnce(text: string, separator: string): [string, string?] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}
