import { addressesOf, isKnownPlace, isOpenRoad, placeOf, withoutOldPins, withPin } from "../../src/core/addresses";
import type { Connection } from "../../src/core/connection";
import type { ConnectionId } from "../../src/core/outbox";
import { describe, equal, it, same } from "../support/spec";

const HOME = "http://192.168.1.20:8080";
const OUTSIDE = "https://books.example.org";

const connection = (more: Partial<Connection> = {}): Connection => ({
  id: "main" as ConnectionId,
  name: "Home",
  kind: "tome",
  url: HOME,
  key: "tk_1",
  ...more,
});

const urls = (of: Connection, first?: string): string[] => addressesOf(of, first).map(({ url }) => url);

describe("the addresses of a server", () => {
  it("are tried in the order in which they were entered", () => {
    same(urls(connection()), [HOME]);
    same(urls(connection({ outsideUrl: OUTSIDE })), [HOME, OUTSIDE]);
  });

  it("begin with the one that worked last, while it is one of them", () => {
    same(urls(connection({ outsideUrl: OUTSIDE }), OUTSIDE), [OUTSIDE, HOME]);
    same(urls(connection({ outsideUrl: OUTSIDE }), HOME), [HOME, OUTSIDE]);
    same(urls(connection({ outsideUrl: OUTSIDE }), "http://gone"), [HOME, OUTSIDE]);
    same(urls(connection(), OUTSIDE), [HOME]);
  });

  it("have each its own certificate", () => {
    const pinned = withPin(connection({ outsideUrl: OUTSIDE }), OUTSIDE, "ab");
    same(addressesOf(pinned), [{ url: HOME }, { url: OUTSIDE, pin: "ab" }]);
    same(addressesOf(withPin(pinned, OUTSIDE, "cd")), [{ url: HOME }, { url: OUTSIDE, pin: "cd" }]);
    same(addressesOf(withPin(pinned, OUTSIDE, undefined)), [{ url: HOME }, { url: OUTSIDE }]);
  });

  it("lose a certificate with the address that it was for", () => {
    const pinned = withPin(connection({ outsideUrl: OUTSIDE }), OUTSIDE, "ab");
    same(withoutOldPins(pinned).pins, [{ place: OUTSIDE, fingerprint: "ab" }]);
    same(withoutOldPins({ ...pinned, outsideUrl: "https://other.org" }).pins, []);
    equal(withoutOldPins(connection()).pins, undefined);
  });
});

describe("a place", () => {
  it("is scheme, host and port, however they are written", () => {
    equal(placeOf("https://Books.Example.org:443/tome"), OUTSIDE);
  });

  for (const [known, url, isKnown] of [
    [HOME, HOME, true],
    [HOME, `${HOME}/tome`, true],
    [HOME, "http://192.168.1.20:8081", false],
    [HOME, "https://192.168.1.20:8080", true],
    [HOME, "http://192.168.1.21:8080", false],
    ["http://books.example.org", OUTSIDE, true],
    [OUTSIDE, "http://books.example.org", false],
    [OUTSIDE, "https://books.example.org.evil.org", false],
  ] as const) {
    it(`${url} is ${isKnown ? "known" : "new"} to whoever knows ${known}`, () => {
      equal(isKnownPlace([known], url), isKnown);
    });
  }
});

describe("plain http", () => {
  for (const [url, isOpen] of [
    [HOME, false],
    ["http://shelf.local", false],
    ["http://shelf", false],
    ["http://[fd00::1]:8080", false],
    ["http://books.example.org", true],
    ["http://8.8.8.8:8080/tome", true],
    [OUTSIDE, false],
  ] as const) {
    it(`at ${url} ${isOpen ? "can be read on the way" : "is nobody else's"}`, () => {
      equal(isOpenRoad(url), isOpen);
    });
  }
});
