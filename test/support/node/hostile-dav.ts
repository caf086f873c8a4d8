// A WebDAV server that nobody should meet: the first part of a path says what is wrong with it. Everything else is answered as
// by a server that holds the one file a.txt with five bytes.
import http from "node:http";
import { Endless } from "./endless";

const OPENING = '<?xml version="1.0"?><D:multistatus xmlns:D="DAV:">';
const CLOSING = "</D:multistatus>";
const OK = "<D:status>HTTP/1.1 200 OK</D:status>";

const folder = (href: string) =>
  `<D:response><D:href>${href}</D:href><D:propstat><D:prop><D:resourcetype><D:collection/></D:resourcetype></D:prop>${OK}</D:propstat></D:response>`;
const file = (href: string, size: number | string = 5) =>
  `<D:response><D:href>${href}</D:href><D:propstat><D:prop><D:resourcetype/><D:getcontentlength>${size}</D:getcontentlength></D:prop>${OK}</D:propstat></D:response>`;

/** Listings, by the folder that is asked for. */
const LISTINGS: Readonly<Record<string, string>> = {
  // Names that would lead elsewhere, or are somebody else's.
  names: [
    OPENING,
    folder("/names/"),
    ...[
      "/names/../up.txt",
      "/names/%2e%2e/up.txt",
      "/names/..%2fup.txt",
      "/names/sub/deep.txt",
      "/elsewhere/a.txt",
    ].map(href => file(href)),
    ...["/names/.hidden", "/names/%00.txt", "/names/two%20words.txt", "/names/", "", "names.txt", "/names/%"].map(
      href => file(href),
    ),
    file(`/names/${"x".repeat(101)}`),
    file("/names/a.sync-conflict-20261121-164000-ABCDEFG.txt"),
    file("http://evil.example/names/foreign.txt"),
    folder("/names/folder.txt/"),
    folder("/names/folder2.txt"),
    file("/names/good.txt"),
    file("/names/good.txt", 7),
    CLOSING,
  ].join(""),
  // Hosts, encodings, prefixes and entities as servers write them.
  styles: [
    '<?xml version="1.0" encoding="utf-8"?>\n<!-- a comment > with <signs> -->\n<multistatus xmlns="DAV:" xmlns:x=\'http://other/\'>',
    "<response><href>http://INTERNAL:8080/styles/</href><propstat><prop><resourcetype><collection></collection></resourcetype></prop>",
    "<status>HTTP/1.1 200 OK</status></propstat></response>",
    '<d:response xmlns:d="DAV:"\n><d:href\t>http://internal:8080/styles/%61bsolute.txt</d:href><d:propstat><d:prop><d:getcontentlength> 1 </d:getcontentlength>',
    "</d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response>",
    "<response><href>/styles//cdata<![CDATA[.txt]]></href><propstat><prop><x:getcontentlength>9</x:getcontentlength>",
    "<getcontentlength>2</getcontentlength></prop><status>HTTP/1.1 200 OK</status></propstat></response>",
    "<response><href>/styles/&#x65;nt&#105;ty.txt</href><propstat><prop><getcontentlength/></prop><status>HTTP/1.1 404 Not Found</status></propstat>",
    "<propstat><prop><resourcetype/></prop><status>HTTP/1.1 200 OK</status></propstat></response>",
    "<response><href>/styles/a&amp;b.txt</href><status>HTTP/1.1 200 OK</status></response>",
    "<response><href>/styles/unreadable.txt</href><status>HTTP/1.1 403 Forbidden</status></response></multistatus>\n",
  ].join(""),
  bomb: `<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]>${OPENING}&b;${CLOSING}`,
  entity: `${OPENING}${folder("/entity/")}${file("/entity/&b;.txt")}${CLOSING}`,
  deep: `${OPENING}${"<D:response>".repeat(1_000_000)}`,
  cut: `${OPENING}${folder("/cut/")}${file("/cut/a.txt")}`,
  astray: `${OPENING}${folder("/another/")}${file("/another/a.txt")}${CLOSING}`,
  crossed: `${OPENING}${folder("/crossed/")}<D:response><D:href>/crossed/a.txt</D:response></D:href>${CLOSING}`,
  html: "<!doctype html><html><body>Please accept our terms</body></html>",
  other: '<?xml version="1.0"?><error xmlns="DAV:"/>',
  longtag: `${OPENING}<D:response ${'a="b" '.repeat(200_000)}>`,
  longtext: `${OPENING}<D:response><D:href>${"/x".repeat(500_000)}`,
  size: `${OPENING}${folder("/size/")}${file("/size/a.txt", "-1")}${file("/size/b.txt", "1e9")}${file("/size/c.txt", "9".repeat(40))}${CLOSING}`,
  empty: "",
};

function answerListing(response: http.ServerResponse, body: string): void {
  response.writeHead(207, { "Content-Type": "application/xml; charset=utf-8" }).end(body);
}

/** So many files, and no more memory here than there. */
function answerMany(response: http.ServerResponse, kind: string, count: number): void {
  response.writeHead(207, { "Content-Type": "application/xml" });
  response.write(`${OPENING}${folder(`/${kind}/`)}`);
  let at = 0;
  const more = (): void => {
    while (at < count) {
      const until = Math.min(count, at + 500);
      let text = "";
      for (; at < until; at += 1) text += file(`/${kind}/file-${String(at).padStart(8, "0")}.txt`);
      if (!response.write(text) && at < count) return void response.once("drain", more);
    }
    response.end(CLOSING);
  };
  more();
}

/** For a 401. */
const CHALLENGES: Readonly<Record<string, (count: number) => string>> = {
  loop: count => `Digest realm="r", nonce="n${count}", qop="auth", stale=true`,
  wrong: () => 'Basic realm="r"',
  wrongdigest: count => `Digest realm="r", nonce="n${count}", qop="auth", algorithm=SHA-256`,
  ntlm: () => "NTLM, Negotiate",
  integrity: () => 'Digest realm="r", nonce="n", qop="auth-int"',
  silent: () => "",
};

/** What a hostile server answers, and how often it was asked. */
export function hostileDav(endless = new Endless()): http.Server {
  let count = 0;
  return http.createServer((request, response) => {
    request.resume();
    count += 1;
    const [, kind = "", rest = ""] = (request.url ?? "").split("/");
    const challenge = CHALLENGES[kind];
    const status = /^status(\d+)$/.exec(kind)?.[1];
    const many = /^many(\d+)$/.exec(kind)?.[1];
    response.setHeader("X-Count", count);
    if (challenge !== undefined) response.writeHead(401, { "WWW-Authenticate": challenge(count) }).end();
    else if (status !== undefined)
      response.writeHead(Number(status), { "Retry-After": "7", "Content-Type": "text/html" }).end("<p>");
    else if (kind === "portal")
      response.writeHead(200, { "Content-Type": "text/html" }).end("<html>Please accept our terms</html>");
    else if (kind === "sized")
      response.writeHead(request.method === "PROPFIND" ? 207 : 200, { "Content-Length": 2 ** 31 }).write("x");
    else if (kind === "endless") {
      const status = request.method === "PROPFIND" ? 207 : 200;
      endless.answer(response, status, "application/xml", "<x>".repeat(10_000));
    } else if (kind === "stranger") response.writeHead(302, { Location: "http://127.0.0.2:1/" }).end();
    else if (request.method === "PROPFIND" && many !== undefined) answerMany(response, kind, Number(many));
    else if (request.method === "PROPFIND")
      answerListing(response, LISTINGS[kind] ?? `${OPENING}${folder(`/${kind}/`)}${rest}${CLOSING}`);
    else response.writeHead(request.method === "GET" ? 200 : 201).end("hello");
  });
}
