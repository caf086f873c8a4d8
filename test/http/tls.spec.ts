import type { Failure } from "../../src/core/failure";
import { epochSeconds } from "../../src/core/units";
import type { HttpRequest } from "../../src/ports/http";
import {
  answerOf,
  client,
  failureOf,
  get,
  PATIENT,
  places,
  portOf,
  post,
  report,
  SHORT,
  tell,
} from "../support/lua/http";
import { describe, equal, it, ok, same } from "../support/spec";

const secret = { headers: { Authorization: "Bearer key" }, deadlines: PATIENT };
const hasty = { deadlines: { ...PATIENT, connect: SHORT } };

const at = (server: string, host = "localhost"): string => `https://${host}:${portOf(server)}/books`;

/** A request with a key that must fail before anything of it is sent. */
function refused(url: string, more: Partial<HttpRequest> = {}, around: Parameters<typeof client>[0] = {}): Failure {
  report();
  const failure = failureOf(client(around).send(get(url, { ...secret, ...more })));
  equal(report().seen.length, 0);
  if (failure === undefined) error("it was trusted");
  equal(failure.sent, undefined);
  return failure;
}

const fingerprintOf = (server: string): string => places.fingerprints[server] ?? error(`no server ${server}`);

describe("a server with TLS", () => {
  it("is trusted by its chain and its name", () => {
    report();
    equal(answerOf(client().send(get(at("good"), secret))).body, "GET /books ");
    equal(report().seen[0]?.headers["authorization"], "Bearer key");
  });

  it("is trusted by its address, too", () => {
    equal(answerOf(client().send(get(at("good", "127.0.0.1"), secret))).status, 200);
    if (places.hasIpv6) equal(answerOf(client().send(get(at("good", "[::1]"), secret))).status, 200);
  });

  it("is trusted by a chain through another certificate that it sends along", () => {
    equal(answerOf(client().send(get(at("chain"), secret))).status, 200);
  });

  it("takes and gives much", () => {
    const http = client();
    equal(
      answerOf(http.send(post(`https://localhost:${portOf("good")}/x`, "x".repeat(1_000_000)))).body.length,
      1_000_008,
    );
    equal(answerOf(http.send(get(`https://localhost:${portOf("good")}/bytes/3000000`))).body.length, 3_000_000);
  });

  it("serves one request after another on one connection", () => {
    report();
    const http = client();
    for (const path of ["/a", "/chunks/1", "/status/204", "/b"])
      answerOf(http.send(get(`https://localhost:${portOf("good")}${path}`)));
    equal(new Set(report().seen.map(each => each.clientPort)).size, 1);
  });
});

describe("a certificate that is not trusted: nothing is sent to a server", () => {
  it("with another name", () => {
    const failure = refused(at("wrongName"));
    equal(failure.reason, "tls");
    equal(failure.detail, "the certificate is for library.example.org, *.localhost, not for localhost");
    equal(failure.certificate, "name");
    equal(failure.fingerprint, fingerprintOf("wrongName"));
  });

  it("with a name only, when it is called by address, even when the address stands there as a name", () => {
    equal(refused(at("nameOnly", "127.0.0.1")).reason, "tls");
    equal(answerOf(client().send(get(at("nameOnly"), secret))).status, 200);
  });

  it("with an address only, when it is called by name", () => {
    equal(refused(at("addressOnly")).reason, "tls");
    equal(answerOf(client().send(get(at("addressOnly", "127.0.0.1"), secret))).status, 200);
  });

  it("with the right common name and no other name", () => {
    equal(refused(at("commonNameOnly")).detail, "the certificate is for no name, not for localhost");
  });

  it("whose time is over", () => {
    const failure = refused(at("expired"));
    equal(failure.reason, "tls");
    equal(failure.detail, "certificate has expired");
    equal(failure.certificate, "date");
    equal(failure.fingerprint, undefined);
  });

  it("whose time has not come, on a device that knows the date", () => {
    const failure = refused(at("notYetValid"));
    equal(failure.reason, "tls");
    equal(failure.detail, "certificate is not yet valid");
  });

  it("whose time has not come on a device that lives in 1970, and the clock is to blame", () => {
    const failure = refused(at("notYetValid"), {}, { now: () => epochSeconds(3600) });
    equal(failure.reason, "clock");
  });

  it("that signed itself, and shows its fingerprint", () => {
    const failure = refused(at("selfSigned"));
    equal(failure.reason, "tls");
    ok(failure.detail?.includes("self") === true, failure.detail);
    equal(failure.certificate, "issuer");
    equal(failure.fingerprint, fingerprintOf("selfSigned"));
  });

  it("that leaves out a certificate of its chain", () => {
    const failure = refused(at("gap"));
    equal(failure.reason, "tls");
    equal(failure.fingerprint, fingerprintOf("gap"));
  });

  it("whose authority is unknown here", () => {
    const failure = refused(at("good"), {}, { roots: () => "/etc/ssl/certs/ca-certificates.crt" });
    equal(failure.reason, "tls");
    equal(failure.fingerprint, fingerprintOf("good"));
  });

  it("when the device knows no authority at all", () => {
    same(refused(at("good"), {}, { roots: () => undefined }).certificate, "roots");
    same(refused(at("good"), {}, { roots: () => "/nowhere.pem" }).reason, "tls");
  });

  it("after a redirect to another host, which says nothing about the first", () => {
    const url = `http://127.0.0.1:${portOf("plain")}/redirect/302?${at("wrongName")}`;
    report();
    const failure = failureOf(client().send(get(url, secret)));
    equal(failure?.reason, "garbled");
    equal(failure?.movedTo, `https://localhost:${portOf("wrongName")}`);
    same(
      report().seen.map(each => each.server),
      ["plain"],
    );
  });
});

describe("a pinned certificate", () => {
  const pinned = (server: string): Partial<HttpRequest> => ({ trust: { pin: fingerprintOf(server) } });

  it("is trusted without a chain, a name or a date", () => {
    for (const server of ["selfSigned", "selfSignedOld", "wrongName", "good"])
      equal(answerOf(client().send(get(at(server), { ...secret, ...pinned(server) }))).status, 200);
  });

  it("may be written with capitals and colons", () => {
    const [pin] = string.gsub(fingerprintOf("selfSigned").toUpperCase(), "..", "%0:");
    const trust = { pin: string.sub(pin, 1, -2) };
    equal(answerOf(client().send(get(at("selfSigned"), { ...secret, trust }))).status, 200);
  });

  it("that changed is not trusted, even with a good chain, and shows what it is now", () => {
    for (const server of ["renewed", "good"])
      same(refused(at(server), pinned("selfSigned")), {
        reason: "tls",
        detail: "certificate changed",
        certificate: "changed",
        fingerprint: fingerprintOf(server),
        pinned: fingerprintOf("selfSigned"),
      });
  });

  it("is no certificate at all when it is empty", () => {
    equal(refused(at("good"), { trust: { pin: "" } }).reason, "tls");
  });

  it("says nothing about a request that is not pinned on the same client", () => {
    const http = client();
    answerOf(http.send(get(at("selfSigned"), { ...secret, ...pinned("selfSigned") })));
    report();
    equal(failureOf(http.send(get(at("selfSigned"), secret)))?.reason, "tls");
    equal(report().seen.length, 0);
  });
});

describe("a network between us and a server with TLS", () => {
  const faulty = `https://localhost:${portOf("faultyTls")}/books`;
  const order = (fault: object): void => {
    tell({ network: "faultyTls", fault });
  };

  it("that is good passes", () => {
    order({ kind: "pass" });
    equal(answerOf(client().send(get(faulty, secret))).status, 200);
  });

  it("that says nothing in the handshake is given up", () => {
    order({ kind: "blackhole" });
    const failure = refused(faulty, hasty);
    same(failure, { reason: "timeout", detail: "no connection in time" });
  });

  it("that ends in the handshake is tried again later", () => {
    order({ kind: "cut", afterBytes: 30 });
    equal(refused(faulty).reason, "server");
  });

  it("that answers in plain words is not trusted", () => {
    order({ kind: "answer", text: "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi" });
    equal(refused(faulty).reason, "tls");
  });

  it("that drips is ended by the deadline of the connection", () => {
    order({ kind: "trickle", bytesPerSecond: 100 });
    equal(refused(faulty, hasty).reason, "timeout");
  });

  it("that ends in the answer is no success", () => {
    order({ kind: "cut", afterBytes: 40_000 });
    const url = `https://localhost:${portOf("faultyTls")}/bytes/100000`;
    const failure = failureOf(client().send(get(url, secret)));
    equal(failure?.reason, "garbled");
    equal(failure?.sent, true);
  });
});
