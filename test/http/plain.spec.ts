import { answerOf, client, failureOf, get, portOf, post, report } from "../support/lua/http";
import { describe, equal, it, ok, same } from "../support/spec";

const base = `http://127.0.0.1:${portOf("plain")}`;

describe("a request over plain HTTP", () => {
  it("brings the answer", () => {
    const answer = answerOf(client().send(get(`${base}/books?q=1`, { headers: { "X-Key": "k" } })));
    equal(answer.status, 200);
    equal(answer.body, "GET /books?q=1 ");
    equal(answer.headers["content-type"], "text/plain");
    const [seen] = report().seen;
    equal(seen?.headers["x-key"], "k");
    equal(seen?.headers["user-agent"], "Ribbon's specs");
    equal(seen?.headers["accept-encoding"], undefined);
  });

  it("carries a body of any bytes", () => {
    const bytes = string.char(0, 255, 13, 10, 128);
    answerOf(client().send(post(`${base}/x`, bytes)));
    equal(report().seen[0]?.headers["content-length"], "5");
  });

  it("carries a body larger than the system takes at once", () => {
    equal(answerOf(client().send(post(`${base}/status/201`, "x".repeat(3_000_000)))).status, 201);
    const [seen] = report().seen;
    equal((seen?.body ?? "").length, 3_000_000);
  });

  it("brings an answer in chunks", () => {
    equal(answerOf(client().send(get(`${base}/chunks/7`))).body, "first, last 7");
  });

  it("brings an answer larger than what is read at once", () => {
    equal(answerOf(client().send(get(`${base}/bytes/1000000`))).body.length, 1_000_000);
  });

  it("brings any status", () => {
    for (const status of [204, 304, 404, 500])
      equal(answerOf(client().send(get(`${base}/status/${status}`))).status, status);
  });

  it("takes no larger answer than is allowed", () => {
    const failure = failureOf(client().send(get(`${base}/bytes/100`, { maxBytes: 99 })));
    same(failure, { reason: "garbled", detail: "larger than 99 bytes", sent: true });
  });

  it("is not sent with a header that begins another one", () => {
    report();
    const failure = failureOf(client().send(get(`${base}/`, { headers: { "X-A": "1\r\nX-B: 2" } })));
    equal(failure?.reason, "unsupported");
    equal(report().seen.length, 0);
  });

  it("to no address at all is refused", () => {
    equal(failureOf(client().send(get("library.home")))?.reason, "unsupported");
  });
});

describe("a connection", () => {
  it("serves one request after another", () => {
    report();
    const http = client();
    for (const path of ["/a", "/bytes/100000", "/chunks/1", "/status/204", "/status/304", "/b"])
      answerOf(http.send(get(`${base}${path}`)));
    answerOf(http.send(post(`${base}/c`, "body")));
    http.close();
    const ports = report().seen.map(each => each.clientPort);
    equal(ports.length, 7);
    equal(new Set(ports).size, 1);
  });

  it("is not used again after the server said that it closes it", () => {
    report();
    const http = client();
    answerOf(http.send(get(`${base}/bye`)));
    answerOf(http.send(get(`${base}/a`)));
    equal(new Set(report().seen.map(each => each.clientPort)).size, 2);
  });

  it("is not used for another server", () => {
    report();
    const http = client();
    answerOf(http.send(get(`${base}/a`)));
    answerOf(http.send(get(`http://127.0.0.1:${portOf("other")}/a`)));
    same(
      report().seen.map(each => each.server),
      ["plain", "other"],
    );
  });
});

describe("a redirect", () => {
  const secret = { headers: { Authorization: "Bearer key", "X-Proxy-Secret": "s", Accept: "application/json" } };

  it("to the same server is followed, with everything", () => {
    report();
    equal(answerOf(client().send(get(`${base}/redirect/302?/books`, secret))).body, "GET /books ");
    const { seen } = report();
    equal(seen[1]?.headers["authorization"], "Bearer key");
    equal(seen[0]?.clientPort, seen[1]?.clientPort);
  });

  it("to another server is followed, without anything secret", () => {
    report();
    const other = `http://127.0.0.1:${portOf("other")}/books`;
    equal(answerOf(client().send(get(`${base}/redirect/307?${other}`, secret))).body, "GET /books ");
    const headers = report().seen[1]?.headers ?? {};
    equal(headers["authorization"], undefined);
    equal(headers["x-proxy-secret"], undefined);
    equal(headers["accept"], "application/json");
  });

  it("of a POST is followed on the same server, with its body, when the method stays", () => {
    report();
    equal(answerOf(client().send(post(`${base}/redirect/308?/books`, "body", secret))).body, "POST /books body");
  });

  it("of a POST to another server is not, and says where to", () => {
    report();
    const other = `http://127.0.0.1:${portOf("other")}`;
    const failure = failureOf(client().send(post(`${base}/redirect/307?${other}/books`, "body", secret)));
    same(failure, { reason: "garbled", detail: `moved to ${other}`, movedTo: other });
    same(
      report().seen.map(each => each.server),
      ["plain"],
    );
  });

  it("in a circle ends", () => {
    report();
    const circle = `${base}/redirect/302?${"%2Fredirect%2F302%3F"}`;
    const failure = failureOf(client().send(get(circle)));
    equal(failure?.reason, "garbled");
    ok(report().seen.length <= 6, "at most five are followed");
  });
});

describe("an answer of another host", () => {
  it("says that it is one's", () => {
    const other = `http://127.0.0.1:${portOf("other")}`;
    equal(answerOf(client().send(get(`${base}/redirect/302?${other}/x`))).stranger, other);
    equal(answerOf(client().send(get(`${base}/redirect/302?/x`))).stranger, undefined);
  });
});
