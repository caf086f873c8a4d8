// A server with two addresses, in a network of which every address does what it is told.
import { describe, expect, it } from "vitest";
import type { Connection } from "../../src/core/connection";
import type { Failure, Reason } from "../../src/core/failure";
import type { ConnectionId } from "../../src/core/outbox";
import { epochSeconds } from "../../src/core/units";
import type { HttpRequest, HttpResponse } from "../../src/ports/http";
import { Site } from "../../src/protocol/site";
import type { Wire } from "../../src/protocol/wire";

const HOME = "http://192.168.1.20";
const OUTSIDE = "https://books.example.org";
const OPEN_PAGE = "http://open.example.org/page";

type Answer = Partial<HttpResponse> | Failure;

const json: Answer = { status: 200, headers: { "content-type": "application/json" }, body: "{}" };
const html: Answer = { status: 200, headers: { "content-type": "text/html" }, body: "<html>" };
const fails = (reason: Reason, more: Partial<Failure> = {}): Failure => ({ reason, ...more });

/** A site in a network: what each place answers, and what was asked of whom. */
function network(answers: Record<string, Answer>, more: Partial<Connection> = {}, first?: string) {
  const asked: HttpRequest[] = [];
  const wire: Wire = {
    http: {
      send: request => {
        asked.push(request);
        const answer = answers[new URL(request.url).origin] ?? fails("dns");
        if ("reason" in answer) return { ok: false, failure: answer };
        return { ok: true, value: { status: 200, headers: {}, body: "", ...answer } };
      },
    },
    json: { encode: value => JSON.stringify(value), decode: () => ({ ok: true, value: {} }) },
    encode: encodeURIComponent,
    now: () => epochSeconds(0),
    way: { openPage: OPEN_PAGE, ...(first === undefined ? {} : { first }) },
  };
  const connection: Connection = {
    id: "main" as ConnectionId,
    name: "Home",
    kind: "tome",
    url: HOME,
    outsideUrl: OUTSIDE,
    key: "tk_1",
    ...more,
  };
  const site = new Site(connection, wire, ({ headers }) => headers["content-type"] === "application/json");
  const ask = (method: HttpRequest["method"] = "GET") => site.send({ method, path: "/x", headers: { Accept: "a" } });
  return { site, ask, asked, places: () => asked.map(({ url }) => new URL(url).origin) };
}

describe("a server with two addresses", () => {
  it.each(["offline", "dns", "refused", "timeout", "tls", "clock"] as const)(
    "is found at the second where the first is %s, and stays there",
    reason => {
      const { site, ask, places } = network({ [HOME]: fails(reason), [OUTSIDE]: json });
      expect([ask().ok, ask("POST").ok]).toEqual([true, true]);
      expect(places()).toEqual([HOME, OUTSIDE, OUTSIDE]);
      expect(site.address).toBe(OUTSIDE);
    },
  );

  it("is asked first where it answered last", () => {
    const { ask, places } = network({ [HOME]: json, [OUTSIDE]: json }, {}, OUTSIDE);
    ask();
    expect(places()).toEqual([OUTSIDE]);
  });

  it("is not looked for elsewhere once it answered", () => {
    const answers: Record<string, Answer> = { [HOME]: json, [OUTSIDE]: json };
    const { ask, places } = network(answers);
    ask();
    answers[HOME] = fails("refused");
    expect(ask()).toMatchObject({ ok: false, failure: { reason: "refused", at: HOME } });
    expect(places()).toEqual([HOME, HOME]);
  });

  it("has nothing to do with a disk of ours that is full", () => {
    const { ask } = network({ [HOME]: fails("disk", { lacking: 7 }) });
    expect(ask()).toEqual({ ok: false, failure: { reason: "disk", lacking: 7 } });
  });

  it("gets nothing twice: what may have arrived at the first address goes to no other", () => {
    const { ask, places } = network({ [HOME]: fails("timeout", { sent: true }), [OUTSIDE]: json });
    expect(ask("POST")).toMatchObject({ ok: false, failure: { reason: "timeout", sent: true } });
    expect(places()).toEqual([HOME]);
    expect(ask("GET").ok).toBe(true);
  });

  it("is told from somebody else's page at the first address in another network", () => {
    const { ask, site } = network({ [HOME]: html, [OUTSIDE]: json });
    expect(ask().ok).toBe(true);
    expect(site.address).toBe(OUTSIDE);
  });

  it.each([
    [fails("refused"), fails("timeout"), "timeout", OUTSIDE],
    [fails("timeout"), fails("dns"), "timeout", HOME],
    [fails("offline"), fails("tls"), "tls", OUTSIDE],
    [fails("refused"), fails("refused"), "refused", HOME],
  ] as const)("that is at neither says what tells most: %j, %j", (home, outside, reason, at) => {
    const { ask } = network({ [HOME]: home, [OUTSIDE]: outside });
    expect(ask()).toMatchObject({ ok: false, failure: { reason, at } });
  });

  it("takes no longer than 40 seconds for both, the worker's deadline being 60", () => {
    const { ask, asked } = network({ [HOME]: fails("timeout"), [OUTSIDE]: fails("timeout") });
    ask();
    expect(asked.reduce((sum, { deadlines }) => sum + (deadlines?.total ?? 40), 0)).toBeLessThanOrEqual(40);
  });

  it("shows each address its own certificate, and both the extra headers", () => {
    const pins = [{ place: OUTSIDE, fingerprint: "ab" }];
    const headers = [
      { name: "CF-Access-Client-Id", value: "id" },
      { name: "Host", value: "evil" },
    ];
    const { ask, asked } = network({ [HOME]: fails("refused"), [OUTSIDE]: json }, { pins, headers });
    ask();
    expect(asked.map(({ trust }) => trust?.pin)).toEqual([undefined, "ab"]);
    for (const each of asked) expect(each.headers).toEqual({ "CF-Access-Client-Id": "id", Accept: "a" });
  });
});

describe("a Wi-Fi that wants to be signed in to", () => {
  const doubtful: Failure[] = [
    fails("tls", { certificate: "issuer" }),
    fails("tls", { certificate: "changed", pinned: "ab", fingerprint: "cd" }),
    fails("garbled"),
    fails("garbled", { movedTo: "http://login.hotel" }),
  ];
  const page = (answer: Answer): Record<string, Answer> => ({ "http://open.example.org": answer });

  it.each(doubtful)("is behind %j when a page that is known reads otherwise", found => {
    for (const answer of [html, fails("tls"), fails("garbled", { movedTo: "https://login.hotel" })])
      expect(network(page(answer)).site.explain(found).reason).toBe("portal");
  });

  it.each(doubtful)("is not behind %j when the page reads as it should, or is out of reach", found => {
    for (const answer of [{ body: "Microsoft Connect Test\r\n" }, fails("dns"), fails("timeout"), fails("offline")])
      expect(network(page(answer)).site.explain(found)).toEqual(found);
  });

  it.each(["auth", "refused", "dns", "timeout", "server", "busy"] as const)("is not asked about after %s", reason => {
    const { site, asked } = network(page(html));
    expect(site.explain(fails(reason)).reason).toBe(reason);
    expect(asked).toEqual([]);
  });

  it("is asked about once, with nothing of ours", () => {
    const headers = [{ name: "X-Secret", value: "s" }];
    const { site, asked } = network(page(html), { headers });
    site.explain(fails("garbled"));
    site.explain(fails("garbled"));
    expect(asked).toHaveLength(1);
    expect(asked[0]?.headers).toEqual({});
  });

  it("is not asked about where the reader does not want it", () => {
    const { site } = network({});
    const silent = new Site({} as Connection, { ...({} as Wire), way: { openPage: "" } }, () => true);
    expect(silent.explain(fails("garbled")).reason).toBe("garbled");
    expect(site.explain(fails("garbled")).reason).toBe("garbled");
  });
});

describe("a certificate that is out of its time", () => {
  const found = fails("tls", { certificate: "date" });
  const at = (date: string) =>
    network({ "http://open.example.org": { body: "Microsoft Connect Test", headers: { date } } }).site.explain(found);

  it("is the clock's fault where the internet lives on another day", () => {
    expect(at("Sun, 06 Nov 1994 08:49:37 GMT").reason).toBe("clock");
  });

  it("is the certificate's where the clock is right, or nobody tells", () => {
    expect(at("Thu, 01 Jan 1970 00:05:00 GMT").reason).toBe("tls");
    expect(at("").reason).toBe("tls");
  });
});
