import type { IncomingHttpHeaders } from "node:http";
import { refuse, type Answer } from "./answer";

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

const wrongMethod: Answer = refuse(405, "Method Not Allowed", { allow: "GET" });

const foreignOrigin: Answer = {
  status: 400,
  text: { type: "text/plain; charset=utf-8", content: "Disallowed CORS origin" },
};

/**
 * The answer to what no route answers. Tome 2.3 gives its web page for every unknown GET, below /api too, so that a client
 * must look at the content type; for the rest it names GET as the only method, even where a PUT would do.
 */
export function fallbackAnswer(method: string, headers: IncomingHttpHeaders): Answer {
  if (method === "GET") return webPage;
  const isPreflight = method === "OPTIONS" && headers["access-control-request-method"] !== undefined;
  return isPreflight && headers.origin !== undefined ? foreignOrigin : wrongMethod;
}
