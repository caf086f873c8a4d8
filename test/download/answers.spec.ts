import { asSent, Device, downloads, places, tell } from "../support/lua/book-device";
import { describe, equal, it, ok, same } from "../support/spec";

const BYTES = 100_000;

function deviceWith(...faults: object[]): Device {
  tell({ book: { bytes: BYTES, seed: 3 }, faults });
  return new Device();
}

const refusal = (status: number, type: string, body: string, to?: string) => ({
  kind: "refuse",
  status,
  type,
  body,
  ...(to === undefined ? {} : { to }),
});

/** What one try fails with; nothing of it is on the device afterwards. */
function failureOf(fault: object) {
  const device = deviceWith(fault);
  const last = device.fetch();
  if (last.kind !== "failed") error(`it was ${last.kind}`);
  equal(device.partSize(), undefined);
  equal(device.book(), undefined);
  return last.failure;
}

describe("instead of a book", () => {
  it("a page is no book", () => {
    const failure = failureOf(refusal(200, "text/html; charset=utf-8", "<html>Please accept our terms</html>"));
    equal(failure.reason, "garbled");
    equal(downloads().length, 1);
  });

  it("an API's answer is none", () => {
    equal(failureOf(refusal(200, "application/json", '{"ok":true}')).reason, "garbled");
  });

  it("a used-up quota is told in the server's words, and costs no second request", () => {
    const words = "Daily download limit reached (5/5 used today)";
    const failure = failureOf(refusal(403, "application/json", `{"detail":"${words}"}`));
    same([failure.reason, failure.detail], ["forbidden", words]);
    equal(downloads().length, 1);
  });

  it("a book that is gone is missing", () => {
    const failure = failureOf(refusal(404, "application/json", '{"detail":"File no longer on disk"}'));
    equal(failure.reason, "missing");
  });

  it("an address that the server does not have is a matter of its version", () => {
    equal(failureOf(refusal(404, "application/json", '{"detail":"Not Found"}')).reason, "unsupported");
  });

  it("a wrong key, a busy server and a broken one are told apart", () => {
    equal(failureOf(refusal(401, "application/json", '{"detail":"no"}')).reason, "auth");
    equal(failureOf(refusal(429, "text/html", "slow down")).reason, "busy");
    equal(failureOf(refusal(502, "text/html", "<html>Bad Gateway</html>")).reason, "server");
  });

  it("what another host sends after a redirect is not taken, and that host gets no key", () => {
    const other = `http://127.0.0.1:${places.otherPort}`;
    tell({ book: { bytes: BYTES, seed: 4 } }, places.otherPort);
    const failure = failureOf(refusal(302, "text/plain", "", `${other}/api/tome-sync/download/1/1`));
    same([failure.reason, failure.movedTo], ["garbled", other]);
    const [seen] = tell({}, places.otherPort);
    ok(seen !== undefined, "it was asked");
    equal(seen?.headers["authorization"], undefined);
  });

  it("what another host refuses to send is no verdict on the book", () => {
    const other = `http://127.0.0.1:${places.otherPort}`;
    tell({ faults: [refusal(404, "application/json", "{}")] }, places.otherPort);
    equal(failureOf(refusal(302, "text/plain", "", `${other}/api/tome-sync/download/1/1`)).reason, "garbled");
  });

  it("something packed is refused", () => {
    equal(failureOf({ kind: "packed" }).reason, "garbled");
  });

  it("a file that ends with the connection is refused: it may have ended anywhere", () => {
    equal(failureOf({ kind: "until closed" }).reason, "garbled");
  });
});

describe("a book in another form", () => {
  it("comes in chunks, without a length", () => {
    const device = deviceWith({ kind: "chunked" });
    equal(device.fetchWhole(), undefined);
    ok(device.book() === asSent());
    equal(device.proof?.total, undefined);
  });

  it("may be empty", () => {
    tell({ book: { bytes: 0, seed: 1 } });
    const device = new Device();
    equal(device.fetchWhole(), undefined);
    equal(device.book(), "");
  });

  it("comes from the same host after a redirect there", () => {
    const device = deviceWith(refusal(302, "text/plain", "", "/api/tome-sync/download/1/2"));
    equal(device.fetchWhole(), undefined);
    ok(device.book() === asSent());
  });
});

describe("a server that knows the digests of its books", () => {
  const fetched = (digests: string, ...faults: object[]) => {
    tell({ book: { bytes: BYTES, seed: 3 }, digests, faults });
    const device = new Device();
    const last = faults.length > 0 ? (device.fetch(), device.fetch()) : device.fetch();
    return last.kind === "fetched" ? `${last.isKnown}` : last.kind;
  };

  it("confirms a book", () => {
    equal(fetched("known"), "true");
  });

  it("may not know one, or take it for another, or not be one that is asked", () => {
    for (const digests of ["unknown", "of another", "unsupported"]) {
      equal(fetched(digests), "false");
      equal(downloads().length, 1);
    }
  });

  it("is asked once more for a book in pieces that it does not know", () => {
    equal(fetched("unknown", { kind: "cut body", after: 1000 }), "false");
    same(
      downloads().map(({ headers }) => headers["range"] ?? "all"),
      ["all", "bytes=1000-", "all"],
    );
  });
});

describe("a server with two addresses", () => {
  it("is found before a book is asked for", () => {
    tell({ book: { bytes: BYTES, seed: 3 } });
    const device = new Device();
    device.connection = { url: "http://127.0.0.1:9", outsideUrl: `http://127.0.0.1:${places.port}` };
    equal(device.fetchWhole(), undefined);
    ok(device.book() === asSent());
    equal(device.news.find(({ kind }) => kind === "reached") !== undefined, true);
    equal(downloads().length, 1);
  });
});
