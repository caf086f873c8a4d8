import { type Deadlines, Timer } from "../../src/core/http/deadlines";
import { clearest, connectReason, handshakeFailure } from "../../src/core/http/problems";
import { requestHead, tunnelHead } from "../../src/core/http/request-head";
import { parseUrl, type Url } from "../../src/core/http/url";
import { seconds } from "../../src/core/units";
import type { HttpRequest } from "../../src/ports/http";
import { describe, equal, it, same } from "../support/spec";

const NOWHERE: Url = { scheme: "http", host: "nowhere", port: 80, target: "/" };

function lines(request: Omit<HttpRequest, "url">, address: string, proxy?: { authorization: string | undefined }) {
  const url = parseUrl(address);
  const head = requestHead({ ...request, url: address }, url.ok ? url.value : NOWHERE, "Ribbon", proxy);
  return head.ok ? head.value.split("\r\n") : [head.failure];
}

describe("a request", () => {
  it("says where it goes and nothing of what it accepts packed", () => {
    same(lines({ method: "GET", headers: { Accept: "x" } }, "http://Host:81/a?b"), [
      "GET /a?b HTTP/1.1",
      "Host: host:81",
      "User-Agent: Ribbon",
      "Accept: x",
      "",
      "",
    ]);
  });

  it("says the length of its body, also of none", () => {
    equal(lines({ method: "POST", headers: {}, body: "abc" }, "http://h/")[3], "Content-Length: 3");
    equal(lines({ method: "PUT", headers: {} }, "http://h/")[3], "Content-Length: 0");
    equal(lines({ method: "DELETE", headers: {} }, "http://h/")[3], "");
  });

  it("does not let a caller contradict the body or the connection", () => {
    equal(lines({ method: "GET", headers: { "content-LENGTH": "5" } }, "http://h/")[3], "");
    equal(lines({ method: "GET", headers: { Host: "x" } }, "http://h/")[1], "Host: h");
    same(lines({ method: "GET", headers: { "user-agent": "x" } }, "http://h/").slice(2, 4), ["user-agent: x", ""]);
  });

  it("is not made with a header that would begin another one", () => {
    same(lines({ method: "GET", headers: { "X-A": "1\r\nX-B: 2" } }, "http://h/"), ["X-A"]);
    same(lines({ method: "GET", headers: { "X-A: y\r\nB": "1" } }, "http://h/"), ["X-A: y\r\nB"]);
    same(lines({ method: "GET", headers: { "": "1" } }, "http://h/"), [""]);
  });

  it("names the whole address to a proxy, and the proxy's own key", () => {
    const proxied = lines({ method: "GET", headers: {} }, "http://h:81/a", { authorization: "Basic x" });
    equal(proxied[0], "GET http://h:81/a HTTP/1.1");
    equal(proxied[3], "Proxy-Authorization: Basic x");
  });

  it("asks a proxy for a tunnel with the port", () => {
    const url = { ...NOWHERE, scheme: "https", host: "::1", port: 443 } as const;
    equal(tunnelHead(url, { authorization: undefined }), "CONNECT [::1]:443 HTTP/1.1\r\nHost: [::1]:443\r\n\r\n");
  });
});

describe("deadlines", () => {
  const deadlines: Deadlines = { connect: seconds(2), firstByte: seconds(3), idle: seconds(1), total: seconds(4) };

  it("never go beyond that of the whole, however often another begins", () => {
    let time = 100;
    const timer = new Timer(() => seconds(time), deadlines);
    equal(timer.begin("connect").left(), 2);
    time = 101.5;
    const first = timer.begin("firstByte");
    equal(first.phase, "total");
    equal(first.left(), 2.5);
    equal(timer.begin("idle").phase, "idle");
    time = 103.5;
    equal(timer.begin("idle").left(), 0.5);
    time = 110;
    equal(timer.begin("idle").left(), 0);
  });
});

describe("what the system says of a connection", () => {
  for (const [text, reason] of [
    ["connection refused", "refused"],
    ["timeout", "timeout"],
    ["Connection timed out", "timeout"],
    ["Network is unreachable", "offline"],
    ["No route to host", "offline"],
    ["permission denied", "offline"],
  ] as const) {
    it(`"${text}" is ${reason}`, () => {
      equal(connectReason(text), reason);
    });
  }

  it("of several addresses, the clearest counts", () => {
    same(clearest([{ reason: "offline" }, { reason: "refused" }, { reason: "timeout" }]), { reason: "refused" });
    same(clearest([{ reason: "offline" }, { reason: "timeout" }]), { reason: "timeout" });
    equal(clearest([]), undefined);
  });

  it("of a handshake, is about trust unless it just ended", () => {
    equal(handshakeFailure("closed").reason, "server");
    equal(handshakeFailure("Connection reset by peer").reason, "server");
    equal(handshakeFailure("wrong version number").reason, "tls");
  });
});
