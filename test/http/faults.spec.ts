import socket = require("socket");
import { seconds } from "../../src/core/units";
import {
  answerOf,
  client,
  failureOf,
  get,
  hasActedOnce,
  PATIENT,
  portOf,
  post,
  report,
  SHORT,
  tell,
} from "../support/lua/http";
import { describe, equal, it, ok, same } from "../support/spec";

const base = `http://127.0.0.1:${portOf("faulty")}`;
const patient = { deadlines: PATIENT };
/** No more time to connect, and for all the rest as much as it takes. */
const hastyToConnect = { deadlines: { ...PATIENT, connect: SHORT } };
const hasty = { deadlines: { ...PATIENT, firstByte: SHORT } };
/** For two addresses, one of which says nothing. */
const forTwo = { deadlines: { ...PATIENT, connect: seconds(4) } };
const put = (url: string, body: string) => ({ ...post(url, body, patient), method: "PUT" }) as const;

/** A port whose queue of connections is full: the system answers no further one. */
function withFullQueue(test: (port: number) => void, address = "127.0.0.1", wanted = 0): void {
  const [server] = socket.tcp();
  if (server === undefined) error("no socket");
  server.bind(address, wanted);
  server.listen(0);
  const [, port] = server.getsockname();
  const waiting: LuaSocket.Client[] = [];
  for (const _ of $range(1, 3)) {
    const [each] = socket.tcp();
    if (each === undefined) error("no socket");
    each.settimeout(0.05);
    each.connect(address, Number(port));
    waiting.push(each);
  }
  test(Number(port));
  for (const each of waiting) each.close();
  server.close();
}

/** Runs a test in which every name has these addresses. */
function withAddresses(addresses: readonly string[], test: () => void): void {
  const dns = socket.dns as { getaddrinfo: unknown };
  const real = dns.getaddrinfo;
  dns.getaddrinfo = () => addresses.map(addr => ({ addr }));
  try {
    test();
  } finally {
    dns.getaddrinfo = real;
  }
}

describe("a name with several addresses", () => {
  const port = portOf("faulty");

  it("leads to the one that listens", () => {
    tell({ fault: { kind: "pass" } });
    withAddresses(["127.0.0.2", "::1", "127.0.0.1"], () => {
      equal(answerOf(client().send(get(`http://library.home:${port}/`, patient))).status, 200);
    });
  });

  it("leads past one that says nothing, in the time for all of them", () => {
    const test = () => {
      withAddresses(["127.0.0.2", "127.0.0.1"], () => {
        equal(answerOf(client().send(get(`http://library.home:${port}/`, forTwo))).status, 200);
      });
    };
    withFullQueue(test, "127.0.0.2", port);
  });

  it("fails by the clearest of their reasons", () => {
    const test = () => {
      withAddresses(["127.0.0.2", "127.0.0.3"], () => {
        equal(failureOf(client().send(get(`http://library.home:${port}/`, forTwo)))?.reason, "refused");
      });
      withAddresses(["127.0.0.2"], () => {
        equal(failureOf(client().send(get(`http://library.home:${port}/`, hastyToConnect)))?.reason, "timeout");
      });
    };
    withFullQueue(test, "127.0.0.2", port);
  });

  it("and none at all is a matter of names", () => {
    withAddresses([], () => {
      equal(failureOf(client().send(get("http://library.home/", patient)))?.reason, "dns");
    });
  });
});

describe("a server", () => {
  it("that nobody runs is refused", () => {
    tell({ listens: false });
    const failure = failureOf(client().send(get(`${base}/`, patient)));
    tell({ listens: true });
    equal(failure?.reason, "refused");
    equal(failure?.sent, undefined);
  });

  it("that does not exist is a matter of names", () => {
    equal(failureOf(client().send(get("http://ribbon.invalid/", patient)))?.reason, "dns");
  });

  it("that does not take the connection is given up", () => {
    withFullQueue(port => {
      const failure = failureOf(client().send(get(`http://127.0.0.1:${port}/`, hastyToConnect)));
      equal(failure?.reason, "timeout");
      equal(failure?.sent, undefined);
    });
  });

  it("that takes the request and says nothing is given up", () => {
    tell({ fault: { kind: "blackhole" } });
    const failure = failureOf(client().send(get(`${base}/`, hasty)));
    same(failure, { reason: "timeout", detail: "no answer in time", sent: true });
    equal(report().traffic.connections, 1);
  });

  it("that takes a large body slowly and then no more is given up", () => {
    const [server] = socket.tcp();
    if (server === undefined) error("no socket");
    server.bind("127.0.0.1", 0);
    server.listen(5);
    const [, port] = server.getsockname();
    const deadlines = { ...PATIENT, idle: SHORT };
    const failure = failureOf(client().send(post(`http://127.0.0.1:${port}/`, "x".repeat(20_000_000), { deadlines })));
    server.close();
    equal(failure?.reason, "timeout");
    equal(failure?.sent, undefined);
  });

  it("that is slow but not too slow is waited for", () => {
    tell({ fault: { kind: "stall", ms: 200 } });
    equal(answerOf(client().send(get(`${base}/`, patient))).status, 200);
  });

  it("that is too slow is given up, though it acted", () => {
    tell({ fault: { kind: "stall", ms: 20_000 } });
    const failure = failureOf(client().send(post(`${base}/session`, "s", hasty)));
    equal(failure?.reason, "timeout");
    equal(failure?.sent, true);
    equal(hasActedOnce(), true);
  });

  it("that drips is ended by the deadline of the whole, and never by its drops", () => {
    tell({ fault: { kind: "trickle", bytesPerSecond: 20 } });
    const deadlines = { ...PATIENT, idle: seconds(3), total: seconds(4) };
    const failure = failureOf(client().send(get(`${base}/bytes/1000`, { deadlines })));
    same(failure, { reason: "timeout", detail: "not done in time", sent: true });
    ok(report().traffic.bytesDown < 200, "most of it never came");
  });

  it("that stops in the middle is given up", () => {
    tell({ fault: { kind: "answer", text: "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf" } });
    const failure = failureOf(client().send(get(`${base}/`, { deadlines: { ...PATIENT, idle: SHORT } })));
    same(failure, { reason: "timeout", detail: "nothing came any more", sent: true });
  });

  it("is reached again when it is well again", () => {
    tell({ fault: { kind: "pass" } });
    equal(answerOf(client().send(get(`${base}/`, patient))).status, 200);
  });
});

describe("an answer that is cut off", () => {
  for (const [what, afterBytes, path, detail] of [
    ["in the head", 20, "/bytes/1000", "cut off in the head"],
    ["in the body", 400, "/bytes/1000", undefined],
    ["in the chunks", 145, "/chunks/1", undefined],
  ] as const) {
    it(`${what} is no success`, () => {
      tell({ fault: { kind: "cut", afterBytes } });
      const failure = failureOf(client().send(get(`${base}${path}`, patient)));
      equal(failure?.reason, "garbled");
      ok(failure?.detail?.startsWith("cut off") === true, failure?.detail);
      if (detail !== undefined) equal(failure?.detail, detail);
      equal(failure?.sent, true);
    });
  }

  it("before it began says that the server may have acted", () => {
    tell({ fault: { kind: "dropAnswer" } });
    const failure = failureOf(client().send(post(`${base}/session`, "s", patient)));
    equal(failure?.reason, "server");
    equal(failure?.sent, true);
    equal(report().seen.length, 1);
  });

  it("on a fresh connection is not asked for again, even when that would be harmless", () => {
    tell({ fault: { kind: "dropAnswer" } });
    equal(failureOf(client().send(get(`${base}/`, patient)))?.reason, "server");
    equal(report().traffic.connections, 1);
  });
});

describe("somebody else's answer", () => {
  it("is brought as it is", () => {
    tell({ fault: { kind: "answer", text: "HTTP/1.1 429 Slow\r\nRetry-After: 7\r\nContent-Length: 0\r\n\r\n" } });
    const answer = answerOf(client().send(get(`${base}/`, patient)));
    equal(answer.status, 429);
    equal(answer.headers["retry-after"], "7");
  });

  it("that is no HTTP is garbled", () => {
    tell({ fault: { kind: "answer", text: "SSH-2.0-OpenSSH_9.2\r\n\r\n" } });
    equal(failureOf(client().send(get(`${base}/`, patient)))?.reason, "garbled");
  });

  it("with an endless head is garbled", () => {
    tell({ fault: { kind: "answer", text: `HTTP/1.1 200 OK\r\nX: ${"x".repeat(100_000)}` } });
    equal(failureOf(client().send(get(`${base}/`, patient)))?.detail, "the head is too long");
  });

  it("to a large body that is refused early is brought", () => {
    tell({ fault: { kind: "answer", text: "HTTP/1.1 413 Large\r\nConnection: close\r\nContent-Length: 0\r\n\r\n" } });
    equal(answerOf(client().send(post(`${base}/`, "x".repeat(100_000), patient))).status, 413);
  });
});

describe("a connection that ended while it was kept", () => {
  it("is replaced before anything is sent on it", () => {
    tell({ fault: { kind: "pass" } });
    const http = client();
    answerOf(http.send(get(`${base}/a`, patient)));
    tell({ hangUp: true });
    answerOf(http.send(post(`${base}/b`, "b", patient)));
    same(
      report().seen.map(each => each.url),
      ["/b"],
    );
  });

  // The end comes with the answer's place: it cannot be seen before the request is sent.
  const dying = (method: "GET" | "PUT" | "POST") => {
    tell({ fault: { kind: "pass" } });
    const http = client();
    tell({ next: [{ kind: "dropAfterFirst" }] });
    answerOf(http.send(get(`${base}/first`, patient)));
    report();
    return http.send({ ...post(`${base}/second`, "b", patient), method });
  };

  it("in the very moment of a GET or PUT is replaced once", () => {
    for (const method of ["GET", "PUT"] as const) {
      equal(answerOf(dying(method)).status, 200);
      equal(report().traffic.connections, 1);
    }
  });

  it("in the very moment of a POST is not: the server may have acted", () => {
    const failure = failureOf(dying("POST"));
    equal(failure?.reason, "server");
    equal(failure?.sent, true);
    equal(report().traffic.connections, 0);
  });

  it("is replaced only once", () => {
    tell({ fault: { kind: "pass" } });
    const http = client();
    tell({ next: [{ kind: "dropAfterFirst" }, { kind: "dropAnswer" }] });
    answerOf(http.send(get(`${base}/first`, patient)));
    equal(failureOf(http.send(put(`${base}/second`, "b")))?.reason, "server");
    equal(report().traffic.connections, 2);
  });
});
