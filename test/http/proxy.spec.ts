import { success } from "../../src/core/result";
import type { Proxy } from "../../src/koreader/http/route";
import { answerOf, client, failureOf, get, PATIENT, portOf, post, report, SHORT, tell } from "../support/lua/http";
import { describe, equal, it, same } from "../support/spec";

const through = (more: Partial<Proxy> = {}) =>
  client({
    proxy: () => success({ host: "127.0.0.1", port: portOf("proxy"), authorization: undefined, ...more }),
  });

const plain = `http://127.0.0.1:${portOf("plain")}/books`;
const secure = `https://localhost:${portOf("good")}/books`;
const patient = { deadlines: PATIENT };
const hasty = { deadlines: { ...PATIENT, connect: SHORT } };

describe("through a proxy", () => {
  it("a plain request goes by its whole address", () => {
    report();
    equal(answerOf(through().send(post(plain, "body", patient))).body, "POST /books body");
    const { proxy, seen } = report();
    same(proxy, [`POST ${plain}`]);
    equal(seen[0]?.server, "plain");
  });

  it("a secure one goes through a tunnel, and the server is checked as ever", () => {
    report();
    equal(answerOf(through().send(get(secure, patient))).body, "GET /books ");
    same(report().proxy, [`CONNECT localhost:${portOf("good")}`]);
    const failure = failureOf(through().send(get(`https://localhost:${portOf("wrongName")}/`, patient)));
    equal(failure?.reason, "tls");
    same(report().seen, []);
  });

  it("requests to one server share a tunnel", () => {
    report();
    const http = through();
    answerOf(http.send(get(secure, patient)));
    answerOf(http.send(get(secure, patient)));
    equal(report().proxy.length, 1);
  });

  it("a proxy's own key goes to the proxy only", () => {
    report();
    answerOf(through({ authorization: "Basic x" }).send(get(secure, patient)));
    const { proxyAuthorization, seen } = report();
    equal(proxyAuthorization, "Basic x");
    equal(seen[0]?.headers["proxy-authorization"], undefined);
  });
});

describe("a proxy that opens no tunnel", () => {
  for (const [refusal, reason, detail] of [
    ["407 Proxy Authentication Required", "garbled", "the proxy answered with status 407"],
    ["403 Forbidden", "garbled", "the proxy answered with status 403"],
    ["502 Bad Gateway", "server", "the proxy answered with status 502"],
    ["silence", "timeout", "no connection in time"],
  ] as const) {
    it(`and says ${refusal} is not the server's word`, () => {
      tell({ proxyRefusal: refusal });
      const failure = failureOf(through().send(get(secure, reason === "timeout" ? hasty : patient)));
      tell({});
      same(failure, { reason, detail });
    });
  }

  it("because it is not there is refused", () => {
    tell({ listens: false });
    const failure = failureOf(through({ port: portOf("faulty") }).send(get(secure, patient)));
    tell({ listens: true });
    equal(failure?.reason, "refused");
  });

  it("and ends instead has a problem", () => {
    tell({ fault: { kind: "dropAnswer" } });
    equal(failureOf(through({ port: portOf("faulty") }).send(get(secure, patient)))?.reason, "server");
    tell({ fault: { kind: "pass" } });
  });
});

describe("the proxy of KOReader's network menu", () => {
  // Loaded here, so that what KOReader changes in it is what the client reads.
  it("is read as KOReader keeps it", () => {
    const http = require("socket.http") as LuaSocket.Http;
    const { systemProxy } = require("src.koreader.http.proxy") as typeof import("../../src/koreader/http/proxy");
    same(systemProxy(), { ok: true, value: undefined });
    http.PROXY = "http://me:secret@office:8080";
    const found = systemProxy();
    delete http.PROXY;
    same(found, { ok: true, value: { host: "office", port: 8080, authorization: "Basic bWU6c2VjcmV0" } });
  });
});
