import { isSameIp, parseIp } from "../../src/core/http/ip-address";
import { isPrivateHost } from "../../src/core/http/private-address";
import { parseProxy } from "../../src/core/http/proxy-address";
import { originOf, parseUrl, resolveUrl } from "../../src/core/http/url";
import { describe, equal, it, same } from "../support/spec";

describe("an address", () => {
  const good: [text: string, origin: string, target: string][] = [
    ["http://library.home", "http://library.home", "/"],
    ["HTTPS://Library.Home:443/Books?q=A#top", "https://library.home", "/Books?q=A"],
    ["http://192.168.1.2:8080?q", "http://192.168.1.2:8080", "/?q"],
    ["http://[FE80::1]:80/x", "http://[fe80::1]", "/x"],
    ["https://[::1]:8443", "https://[::1]:8443", "/"],
    ["http://host:/x", "http://host", "/x"],
  ];
  for (const [text, origin, target] of good) {
    it(`${text} leads to ${origin} and ${target}`, () => {
      const url = parseUrl(text);
      same(url.ok ? [originOf(url.value), url.value.target] : url.failure, [origin, target]);
    });
  }

  const bad: [text: string, problem: string][] = [
    ["library.home", "the address is not http(s)"],
    ["ftp://library.home", "the address is not http(s)"],
    ["http://", "the address has no host"],
    ["http://[::1", "the address has no host"],
    ["http://[1.2.3.4]", "the address has no host"],
    ["http://host:0", "the address has a wrong port"],
    ["http://host:65536", "the address has a wrong port"],
    ["http://host:80:80", "the address has a wrong port"],
    ["http://me:secret@host", "the address holds a user name"],
    ["http://host/a b", "the address holds a blank or a control character"],
    ["http://host/\r\nX: y", "the address holds a blank or a control character"],
  ];
  for (const [text, problem] of bad) {
    it(`${text} is refused`, () => {
      same(parseUrl(text), { ok: false, failure: problem });
    });
  }
});

describe("a reference on https://host:1/a/b?q", () => {
  for (const [reference, meant] of [
    ["http://other/x", "http://other/x"],
    ["//other/x", "https://other/x"],
    ["/x?y#z", "https://host:1/x?y"],
    ["x", "https://host:1/a/x"],
    ["../x/./y/..", "https://host:1/x/"],
    ["/../../x", "https://host:1/x"],
    ["?y", "https://host:1/a/b?y"],
    ["#z", "https://host:1/a/b?q"],
    ["x?to=http://other/", "https://host:1/a/x?to=http://other/"],
  ] as const) {
    it(`${reference} means ${meant}`, () => {
      const base = parseUrl("https://host:1/a/b?q");
      const url = base.ok ? resolveUrl(base.value, reference) : base;
      equal(url.ok ? `${originOf(url.value)}${url.value.target}` : url.failure, meant);
    });
  }
});

describe("an IP address", () => {
  it("is read as people write it", () => {
    same(parseIp("192.168.1.20"), [192, 168, 1, 20]);
    same(parseIp("::1"), [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
    same(parseIp("1:2:3:4:5:6:7:8")?.length, 16);
    equal(isSameIp("::ffff:1.2.3.4", "0:0:0:0:0:FFFF:102:304"), true);
    equal(isSameIp("::1", "0:0:0:0:0:0:0:1"), true);
    equal(isSameIp("1.2.3.4", "1.2.3.5"), false);
    equal(isSameIp("host", "host"), false);
  });

  for (const text of ["", "1.2.3", "1.2.3.256", "01.2.3.4", "1.2.3.4.5", "1e1.2.3.4", ":", ":::", "1::2::3", "12345::"])
    it(`is not "${text}"`, () => {
      equal(parseIp(text), undefined);
    });
  for (const text of ["1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7::8", "1.2.3.4::", "::1.2.3.4:5", "fe80::1%eth0", "g::"])
    it(`is not "${text}"`, () => {
      equal(parseIp(text), undefined);
    });
});

describe("a host", () => {
  for (const host of ["192.168.1.2", "10.0.0.1", "172.31.0.1", "100.64.0.1", "127.0.0.1", "169.254.1.1"])
    it(`${host} is in the house`, () => {
      equal(isPrivateHost(host), true);
    });
  for (const host of ["::1", "fd00::1", "fe80::1", "::ffff:10.0.0.1", "localhost", "nas", "NAS.local", "x.home.arpa"])
    it(`${host} is in the house`, () => {
      equal(isPrivateHost(host), true);
    });
  for (const host of ["8.8.8.8", "172.32.0.1", "100.128.0.1", "2001:db8::1", "::ffff:8.8.8.8", "::", "example.org", ""])
    it(`${host} is outside`, () => {
      equal(isPrivateHost(host), false);
    });
});

describe("a proxy", () => {
  it("is read as KOReader keeps it", () => {
    same(parseProxy("http://proxy:8080"), { ok: true, value: { host: "proxy", port: 8080 } });
    same(parseProxy("proxy/"), { ok: true, value: { host: "proxy", port: 3128 } });
    same(parseProxy("http://[::1]"), { ok: true, value: { host: "::1", port: 3128 } });
    same(parseProxy("http://me:s@cret@proxy:1"), { ok: true, value: { host: "proxy", port: 1, login: "me:s@cret" } });
  });

  it("is refused when it is none", () => {
    same(parseProxy("socks5://proxy"), { ok: false, failure: "a proxy by socks5" });
    equal(parseProxy("http://").ok, false);
  });
});
