// Where a version may come from: a real Shelf, a Tome, a release address over verified TLS; and from nowhere else.
import fs from "node:fs";
import http from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { expect, onTestFinished } from "vitest";
import { Certificates, type Identity } from "../support/node/certificates";
import { ASH, Household } from "../support/node/household";
import { closeAll } from "../support/node/plugin-test";
import { type Hand, look, OWN, running, UpdateHome, updateTest as test } from "../support/node/update-test";
import { TlsFront } from "../support/node/tls-front";
import { makeVersion, type Update, without } from "../support/node/versions";

/** A web server with a folder of releases; `elsewhere` is where it sends whoever asks for a package. */
async function web(update: Update, elsewhere?: () => string): Promise<number> {
  const server = http.createServer(({ url = "" }, response) => {
    const isPackage = url.endsWith(`/ribbon-${update.version}.update`);
    if (isPackage && elsewhere !== undefined) response.writeHead(302, { Location: `${elsewhere()}${url}` }).end();
    else if (isPackage) response.writeHead(200, { "Content-Type": "application/octet-stream" }).end(update.bytes);
    else if (url === "/ribbon/release.json") response.writeHead(200).end(update.release);
    else response.writeHead(404).end();
  });
  await new Promise<void>(resolve => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return (server.address() as AddressInfo).port;
}

async function secured(identity: Identity, port: number): Promise<string> {
  const front = await TlsFront.start(identity, () => port);
  onTestFinished(() => front.close());
  return front.url;
}

/** Certificates that the device knows the authority of, and one that it does not. */
function authorities(at: UpdateHome): { good: Identity; unknown: Identity } {
  const folder = path.join(at.home.folder, "certificates");
  fs.mkdirSync(folder);
  const certificates = new Certificates(folder);
  certificates.make("root", "root", { isAuthority: true });
  const good = certificates.make("good", "root", { names: "DNS:localhost" });
  const unknown = certificates.make("own", "own", { names: "DNS:localhost" });
  fs.mkdirSync(path.join(at.home.folder, "Kobo/data"), { recursive: true });
  fs.copyFileSync(certificates.file("root.pem"), path.join(at.home.folder, "Kobo/data/ca-bundle.crt"));
  return { good, unknown };
}

async function enterAddress(hand: Hand, address: string, before = "none"): Promise<void> {
  await hand.tapMenu("Tools", "Ribbon", "More", "Updates…");
  await hand.tap(`Release address: ${before}`);
  await hand.typeInto("Release address", address);
  await hand.tap("Save");
}

const screen = async (hand: Hand): Promise<string> => (await hand.screen()).join("\n");

test("a real Shelf offers what it was built with", async () => {
  const versions = fs.mkdtempSync("/tmp/ribbon-versions-");
  onTestFinished(() => fs.rmSync(versions, { recursive: true }));
  const newer = makeVersion(path.join(versions, "newer"), "0.2.0");
  const home = await Household.found([ASH], { pluginDir: newer });
  onTestFinished(() => home.dissolve());
  const plugin = path.join(home.folder, "Kobo/plugins/ribbon.koplugin");
  makeVersion(plugin, OWN);
  const hand = await home.device({ plugin: [] });
  expect(await look(hand)).toContain("0.2.0 is there");
  await hand.tap("Install 0.2.0");
  await hand.advance(30);
  await hand.tap("Restart later");
  await hand.restart();
  const next = await home.device({ plugin: [] });
  expect(await running(next)).toBe("0.2.0");
  await next.advance(60);
  expect(fs.readFileSync(path.join(plugin, "active.txt"), "utf8")).toBe("RIBBON 1\nrun 0.2.0\nend\n");
  const names = (folder: string): string[] => fs.readdirSync(folder).sort();
  expect(names(path.join(plugin, "updates/0.2.0"))).toEqual(names(newer));
  for (const name of names(newer).filter(each => each !== "release.json"))
    expect(
      fs.readFileSync(path.join(plugin, "updates/0.2.0", name)).equals(fs.readFileSync(path.join(newer, name))),
    ).toBe(true);
});

test("a Tome knows nothing of Ribbon's releases, whichever way it says so, and that is no error", async ({ at }) => {
  const hand = await at.start();
  const ways = [
    { kind: "status", status: 404, detail: "Not Found" },
    { kind: "page", status: 200 },
    { kind: "page", status: 404 },
  ] as const;
  for (const way of ways) {
    at.offer(at.make("0.2.0", without("roots.pem")), () => way);
    expect(await look(hand), JSON.stringify(way)).toContain("None of your servers hands Ribbon out.");
    await closeAll(hand);
  }
});

test("a release address is asked over verified TLS, besides the servers", async ({ at }) => {
  at.offerNothing();
  const { good, unknown } = authorities(at);
  const update = at.make("0.2.0", without("roots.pem"));
  const port = await web(update);
  const [trusted, strange] = [await secured(good, port), await secured(unknown, port)];
  const hand = await at.start();
  await enterAddress(hand, `${strange}/ribbon/`);
  await closeAll(hand);
  expect(await look(hand)).toContain("cannot be trusted");
  await closeAll(hand);
  await enterAddress(hand, `${trusted}/ribbon/release.json`, `${strange}/ribbon/`);
  expect(await screen(hand)).toContain(`Release address: ${trusted}/ribbon/`);
  await closeAll(hand);
  expect(await look(hand)).toContain(`0.2.0 is there`);
  await hand.tap("Install 0.2.0");
  await hand.advance(30);
  expect(await screen(hand)).toContain("takes over");
});

test("a release address may send on to another host over https, never to http", async ({ at }) => {
  at.offerNothing();
  const { good } = authorities(at);
  const update = at.make("0.2.0", without("roots.pem"));
  const store = await web(update);
  let elsewhere = `http://127.0.0.1:${store}`;
  const address = await secured(good, await web(update, () => elsewhere));
  const hand = await at.start();
  await enterAddress(hand, `${address}/ribbon`);
  await closeAll(hand);
  await look(hand);
  await hand.tap("Install 0.2.0");
  await hand.advance(30);
  expect(await screen(hand)).toContain("Nothing was changed");
  expect(at.active()).toBe("RIBBON 1\nend\n");
  await closeAll(hand);
  elsewhere = await secured(good, store);
  await hand.tapMenu("Tools", "Ribbon", "More", "Updates…");
  await hand.tap("Install 0.2.0");
  await hand.advance(30);
  expect(await screen(hand)).toContain("takes over");
});

test("an address that is open to everybody on the way, or none at all, is not taken", async ({ at }) => {
  const hand = await at.start();
  await enterAddress(hand, "http://example.org/ribbon/");
  expect(await screen(hand)).toContain("A release address has to begin with https://");
  await closeAll(hand);
  await enterAddress(hand, "https://");
  expect(await screen(hand)).toContain("This is no address.");
  await closeAll(hand);
  await hand.tapMenu("Tools", "Ribbon", "More", "Updates…");
  expect(await screen(hand)).toContain("Release address: none");
});

test("of several places the newest version is taken", async ({ at }) => {
  const { good } = authorities(at);
  at.offer(at.make("0.2.0", without("roots.pem")));
  const address = await secured(good, await web(at.make("0.10.0", without("roots.pem"))));
  const hand = await at.start();
  await enterAddress(hand, `${address}/ribbon/`);
  await closeAll(hand);
  expect(await look(hand)).toContain("0.10.0 is there");
});
