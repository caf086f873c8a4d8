// A server with TLS: nothing is sent before it has proved who it is, and the reader can say that it is the right one.
import fs from "node:fs";
import http from "node:http";
import path from "node:path";
import { expect } from "vitest";
import { Certificates, type Identity } from "../support/node/certificates";
import { fillServer, form, openMenu, statusInMenu, tapFor, textWith } from "../support/node/menu-test";
import { ASH, closeAll, type Household, pluginTest, readBook, settle } from "../support/node/plugin-test";
import type { Hand } from "../support/node/hand";
import { TlsFront } from "../support/node/tls-front";

const WELL = "Home answers and accepts the key";

interface Front {
  readonly front: TlsFront;
  identity(name: string, wish?: object, issuer?: string): Identity;
  /** The fingerprint as the dialog writes it. */
  written(identity: Identity): string;
}

/** Before the household's server stands one with TLS; its authority, `root`, is known to no device. */
const test = pluginTest.extend<{ tls: Front }>({
  tls: async ({ home }, use) => {
    const folder = path.join(home.folder, "certificates");
    fs.mkdirSync(folder);
    const certificates = new Certificates(folder);
    certificates.make("root", "root", { isAuthority: true });
    const identity = (name: string, wish = {}, issuer = name): Identity =>
      certificates.make(name, issuer, { names: "DNS:localhost,IP:127.0.0.1", ...wish });
    const front = await TlsFront.start(identity("own"), () => Number(new URL(home.proxy.origin).port));
    const written = ({ fingerprint }: Identity): string => fingerprint.toUpperCase().match(/../g)?.join(":") ?? "";
    await use({ front, identity, written });
    await front.close();
  },
});

/** The fingerprints that can be read on the screen, each in one line. */
async function fingerprints(hand: Hand): Promise<string[]> {
  const text = (await hand.screen()).join("\n");
  return [...text.matchAll(/(?:[0-9A-F]{2}[:\n]){31}[0-9A-F]{2}/g)].map(([found]) => found.replaceAll("\n", ":"));
}

/** The device trusts what `root` signed. */
function trustRoot(home: Household, name = "Kobo"): void {
  const data = path.join(home.folder, name, "data");
  fs.mkdirSync(data, { recursive: true });
  fs.copyFileSync(path.join(home.folder, "certificates/root.pem"), path.join(data, "ca-bundle.crt"));
}

async function setUp(hand: Hand, home: Household, url: string): Promise<void> {
  await openMenu(hand, "Set up Ribbon…");
  await hand.tap("Continue");
  await fillServer(hand, form(home, url));
  await hand.tap("Save and test");
  await hand.advance(5);
}

async function retest(hand: Hand): Promise<void> {
  await openMenu(hand, "Servers…");
  await hand.tap("Home");
  await tapFor(hand, "Test");
}

test("a server at home with a certificate of its own gets the key once its fingerprint was compared", async ({
  home,
  tls,
}) => {
  const own = tls.identity("mine");
  tls.front.show(own);
  const { hand, file } = await home.deviceWith(ASH, { isSetUp: false });
  await setUp(hand, home, tls.front.url);
  expect(await textWith(hand, "No known authority")).toContain(`fingerprint at ${tls.front.url}`);
  expect(await fingerprints(hand)).toEqual([tls.written(own)]);
  await hand.tap("Leave it");
  await readBook(hand, file, 10);
  expect(home.proxy.exchanges).toEqual([]);
  expect((await openMenu(hand)).join()).toContain("Home cannot be trusted");
  await retest(hand);
  expect(await tapFor(hand, "Trust it")).toContain(WELL);
  await closeAll(hand);
  await settle(hand);
  expect(home.turns()).toEqual([10]);
});

test("a certificate that changed stops everything, is said with both fingerprints, and asks", async ({ home, tls }) => {
  const [old, next] = [tls.identity("old"), tls.identity("next")];
  tls.front.show(old);
  const { hand, file } = await home.deviceWith(ASH, { isSetUp: false });
  await setUp(hand, home, tls.front.url);
  await tapFor(hand, "Trust it");
  await closeAll(hand);
  tls.front.show(next);
  home.proxy.taken();
  await hand.openBook(file);
  await hand.advance(1);
  expect(await textWith(hand, "has changed")).toContain("Nothing was sent. See Tools › Ribbon › Servers.");
  await hand.turn(10, 20);
  await hand.closeBook();
  await hand.advance(7200);
  await hand.regainWifi();
  await settle(hand);
  expect(home.proxy.taken()).toEqual([]);
  const line = await statusInMenu(hand);
  expect(line).toBe("1 session waits: Home cannot be trusted");
  expect((await openMenu(hand, line)).at(-1)).toContain("Nothing more is sent before that is put right");
  expect(await fingerprints(hand)).toEqual([tls.written(old), tls.written(next)]);
  await retest(hand);
  expect(await textWith(hand, "has changed")).toContain("Did you renew it?");
  expect((await fingerprints(hand)).slice(-2)).toEqual([tls.written(old), tls.written(next)]);
  expect(await tapFor(hand, "Trust it")).toContain(WELL);
  await settle(hand);
  expect(home.turns()).toEqual([10]);
});

test("a certificate for another name can be trusted too", async ({ home, tls }) => {
  const hand = await home.device({ isSetUp: false });
  trustRoot(home);
  tls.front.show(tls.identity("nas", { names: "DNS:nas.example.org" }, "root"));
  await setUp(hand, home, tls.front.url);
  expect(await textWith(hand, "is made for another name")).toContain("not even the key");
  expect(home.proxy.exchanges).toEqual([]);
  expect(await tapFor(hand, "Trust it")).toContain(WELL);
});

test("a known authority needs no question", async ({ home, tls }) => {
  const hand = await home.device({ isSetUp: false });
  trustRoot(home);
  tls.front.show(tls.identity("good", {}, "root"));
  await setUp(hand, home, tls.front.url);
  expect((await hand.screen())[0]).toContain(WELL);
});

test("a certificate that is out of date cannot be trusted by a tap, and both explanations are given", async ({
  home,
  tls,
}) => {
  const hand = await home.device({ isSetUp: false });
  trustRoot(home);
  tls.front.show(tls.identity("late", { to: 2021 }, "root"));
  await setUp(hand, home, tls.front.url);
  expect(await textWith(hand, "out of date")).toContain("If not, please set the date and the time.");
  expect(await hand.screen()).not.toContain("Trust it");
  expect(home.proxy.exchanges).toEqual([]);
});

test("a device that lives in 1970 is told to set its clock", async ({ home, tls }) => {
  const hand = await home.device({ isSetUp: false });
  trustRoot(home);
  await hand.setClock(3600);
  tls.front.show(tls.identity("young", { from: 2048 }, "root"));
  await setUp(hand, home, tls.front.url);
  expect(await textWith(hand, "believes that it is")).toMatch(/Thu Jan 01 1970 .*The key was not sent[^]*set the date/);
  expect(home.proxy.exchanges).toEqual([]);
});

test("where neither KOReader nor the system has a list of authorities, Ribbon's own is used", async ({ home, tls }) => {
  const hand = await home.device({ isSetUp: false });
  await hand.run(`local lfs = require("libs/libkoreader-lfs")
    local attributes = lfs.attributes
    asked = {}
    lfs.attributes = function(path, ...)
      if path:find("%.crt$") or path:find("%.pem$") then asked[#asked + 1] = path end
      if path:find("^/etc/") or path:find("^/usr/") or path:find("^/opt/") then return nil end
      return attributes(path, ...)
    end`);
  await setUp(hand, home, tls.front.url);
  expect(await textWith(hand, "No known authority")).toContain("fingerprint");
  expect(await hand.run("return asked[#asked]")).toMatch(/ribbon\.koplugin\/roots\.pem$/);
});

/** A hotel's Wi-Fi: until somebody signs in, every page of the internet is its own. */
async function withHotel(work: (page: string, signIn: () => void) => Promise<void>): Promise<void> {
  let isSignedIn = false;
  const hotel = http.createServer(({ url }, response) => {
    if (url === "/login") response.end("<html>Welcome");
    else if (isSignedIn) response.end("Microsoft Connect Test");
    else response.writeHead(302, { Location: "/login" }).end();
  });
  await new Promise<void>(resolve => hotel.listen(0, "127.0.0.1", resolve));
  const { port } = hotel.address() as { port: number };
  try {
    await work(`http://127.0.0.1:${port}/connecttest.txt`, () => {
      isSignedIn = true;
    });
  } finally {
    hotel.closeAllConnections();
    hotel.close();
  }
}

test("a Wi-Fi that wants a sign-in is called that, whatever certificate it shows; what waits goes after it", async ({
  home,
  tls,
}) => {
  await withHotel(async (openPage, signIn) => {
    const connection = `outsideUrl = "${tls.front.url}"`;
    const { hand, file } = await home.deviceWith(ASH, { openPage, connection });
    await readBook(hand, file, 5);
    tls.front.show(tls.identity("hotel"));
    home.proxy.fail({ kind: "page", status: 200 });
    await readBook(hand, file, 10);
    expect(await statusInMenu(hand)).toMatch(/^1 session waits: this Wi-Fi wants a sign-in, next try /);
    await retest(hand);
    expect(await textWith(hand, "This Wi-Fi asks you to sign in first")).toContain("What waits is safe.");
    expect(await hand.screen()).not.toContain("Trust it");
    await closeAll(hand);
    signIn();
    await home.proxy.heal();
    await hand.advance(3600);
    expect(home.turns()).toEqual([5, 10]);
  });
});
