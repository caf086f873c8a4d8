import "../support/lua/koreader-modules";
import { hashes } from "../../src/koreader/hashes";
import { parseChallenges } from "../../src/protocol/webdav/challenges";
import { type DigestAlgorithm, digestHeader, nonceCount, strongest, termsOf } from "../../src/protocol/webdav/digest";
import { describe, equal, it, ok, same } from "../support/spec";

describe("challenges", () => {
  it("come one after another in one header", () => {
    same(
      parseChallenges(
        'Basic realm="a, b=\\"c\\"", charset=UTF-8, Digest nonce="n==", qop="auth,auth-int" , STALE = TRUE, Negotiate',
      ),
      [
        { scheme: "basic", params: { realm: 'a, b="c"', charset: "UTF-8" } },
        { scheme: "digest", params: { nonce: "n==", qop: "auth,auth-int", stale: "TRUE" } },
        { scheme: "negotiate", params: {} },
      ],
    );
  });

  it("may be nonsense", () => {
    for (const text of ["", ",", "=", '"', "Basic realm=", 'Digest nonce="open', "a=b", "= = ,,"])
      parseChallenges(text);
    same(parseChallenges("realm=lost"), []);
  });

  it("are answered with the stronger hash", () => {
    const offers = parseChallenges(
      'Digest nonce="a", algorithm=MD5, Digest nonce="b", algorithm=SHA-256, Digest nonce="c", algorithm=SHA-512-256',
    );
    const terms = offers.flatMap(each => termsOf(each) ?? []);
    same(
      terms.map(({ nonce }) => nonce),
      ["a", "b"],
    );
    equal(strongest(terms)?.nonce, "b");
  });
});

describe("a digest", () => {
  /** RFC 7616, 3.9.1. */
  const example = (algorithm: DigestAlgorithm): string =>
    digestHeader(
      {
        realm: "http-auth@example.org",
        nonce: "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v",
        opaque: "FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS",
        hasQop: true,
        algorithm,
      },
      { user: "Mufasa", password: "Circle of Life" },
      {
        method: "GET",
        target: "/dir/index.html",
        count: 1,
        clientNonce: "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ",
      },
      hashes,
    );

  it("is that of the RFC, with MD5 and SHA-256", () => {
    ok(example("MD5").includes('response="8ca523f5e9506fed4657c9700eebdbec"'));
    ok(example("SHA-256").includes('response="753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"'));
  });

  it("is that of the old RFC, which counts nothing (RFC 2069, as corrected)", () => {
    const header = digestHeader(
      { realm: "testrealm@host.com", nonce: "dcd98b7102dd2f0e8b11d0f600bfb0c093", hasQop: false, algorithm: "MD5" },
      { user: "Mufasa", password: "CircleOfLife" },
      { method: "GET", target: "/dir/index.html", count: 1, clientNonce: "unused" },
      hashes,
    );
    ok(header.includes('response="1949323746fe6a43ef61f9606e7febea"'));
    equal(header.includes("qop") || header.includes("cnonce") || header.includes("nc="), false);
  });

  it("counts in eight hex digits", () => {
    equal(nonceCount(1), "00000001");
    equal(nonceCount(0x1a2b3c), "001a2b3c");
  });
});
