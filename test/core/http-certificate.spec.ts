import { chainFailure, isFor, plainFingerprint, wrongNameFailure } from "../../src/core/http/certificate";
import { epochSeconds } from "../../src/core/units";
import { describe, equal, it, same } from "../support/spec";

const TODAY = epochSeconds(1_795_248_000);
const IN_1970 = epochSeconds(3600);

describe("a certificate", () => {
  const dns = (host: string, name: string): boolean => isFor(host, { dns: [name], ip: [] });
  for (const [host, name] of [
    ["library.example.org", "library.example.org"],
    ["Library.Example.ORG", "library.example.org"],
    ["library.example.org.", "LIBRARY.example.org"],
    ["library.example.org", "*.example.org"],
    ["nas", "nas"],
  ] as const) {
    it(`for ${name} is for ${host}`, () => {
      equal(dns(host, name), true);
    });
  }

  for (const [host, name] of [
    ["example.org", "*.example.org"],
    ["a.b.example.org", "*.example.org"],
    [".example.org", "*.example.org"],
    ["example.org", "*.org"],
    ["nas", "*"],
    ["a.example.org", "a*.example.org"],
    ["ab.example.org", "a*.example.org"],
    ["a.b.example.org", "a.*.example.org"],
    ["a.b.example.org", "*.*.example.org"],
    ["library.example.org", "library.example.com"],
    ["evil.org", "evil.org\0.example.org"],
    ["1.2.3.4", "1.2.3.4"],
    ["1.2.3.4", "*.2.3.4"],
    ["", ""],
  ] as const) {
    it(`for ${name} is not for ${host}`, () => {
      equal(dns(host, name), false);
    });
  }

  it("for an address is for that address only, however it is written", () => {
    const names = { dns: ["nas"], ip: ["192.168.1.2", "fd00::1"] };
    equal(isFor("192.168.1.2", names), true);
    equal(isFor("fd00:0:0::0:1", names), true);
    equal(isFor("192.168.1.3", names), false);
    equal(isFor("fd00::2", names), false);
  });

  it("for somebody else says for whom", () => {
    const names = { dns: ["a.org", "b.org", "c.org", "d.org"], ip: [] };
    equal(wrongNameFailure("x.org", names).detail, "the certificate is for a.org, b.org, c.org, not for x.org");
    equal(wrongNameFailure("x", { dns: [], ip: [] }).detail, "the certificate is for no name, not for x");
  });
});

describe("a chain that is not trusted", () => {
  it("because the device lives in 1970 is a matter of the clock", () => {
    equal(chainFailure(["certificate is not yet valid"], "aa", IN_1970).reason, "clock");
    equal(chainFailure(["self-signed certificate", "certificate has expired"], "aa", IN_1970).reason, "clock");
  });

  it("because of its dates, on a device that knows the date, is not", () => {
    const failure = chainFailure(["certificate has expired"], "aa", TODAY);
    same(failure, { reason: "tls", detail: "certificate has expired", certificate: "date" });
  });

  it("for another reason is no matter of the clock, whatever that says", () => {
    equal(chainFailure(["self-signed certificate"], "aa", IN_1970).reason, "tls");
  });

  it("because nobody known signed it carries its fingerprint", () => {
    for (const problem of [
      "self-signed certificate",
      "self signed certificate",
      "unable to get local issuer certificate",
    ])
      same(chainFailure([problem], "aa", TODAY), {
        reason: "tls",
        detail: problem,
        certificate: "issuer",
        fingerprint: "aa",
      });
    equal(chainFailure(["certificate revoked"], "aa", TODAY).fingerprint, undefined);
  });
});

it("a fingerprint may be copied with colons and capitals", () => {
  equal(plainFingerprint("AB:CD:0f"), "abcd0f");
});
