import { copyFileSync, writeFileSync } from "node:fs";
import { request } from "node:https";
import { join } from "node:path";
import type { TLSSocket } from "node:tls";
import { expect, it, onTestFinished } from "vitest";
import { makeLog } from "../../../src/shelf/operation/log";
import { startShelf, type ShelfOptions } from "../../../src/shelf/shelf";
import { Certificates } from "../../support/node/certificates";
import { send } from "../../support/node/contracts/send";
import { tempDir } from "../../support/node/temp-dir";

async function start(options: Partial<ShelfOptions>) {
  const shelf = await startShelf({ dataDir: tempDir(), ...options });
  onTestFinished(() => shelf.close());
  return shelf;
}

/** Asks for Shelf's health, trusting one certificate alone; which one it showed. */
function shown(origin: string, ca: string): Promise<{ status: number | undefined; fingerprint: string }> {
  return new Promise((resolve, reject) => {
    const sent = request(`${origin}/api/health`, { ca, agent: false, servername: "localhost" }, answer => {
      const { fingerprint256 } = (answer.socket as TLSSocket).getPeerCertificate();
      resolve({ status: answer.statusCode, fingerprint: fingerprint256.replaceAll(":", "").toLowerCase() });
      answer.resume();
    });
    sent.on("error", reject).end();
  });
}

it("speaks TLS, and takes a renewed certificate without a restart", async () => {
  const certificates = new Certificates(tempDir());
  const wish = { names: "DNS:localhost,IP:127.0.0.1" };
  const [first, second] = [certificates.make("first", "first", wish), certificates.make("second", "second", wish)];
  const dir = tempDir();
  const tls = { cert: join(dir, "cert.pem"), key: join(dir, "key.pem") };
  const install = (name: string) => {
    copyFileSync(certificates.file(`${name}.pem`), tls.cert);
    copyFileSync(certificates.file(`${name}.key`), tls.key);
  };
  install("first");
  const shelf = await start({ tls });
  expect(shelf.origin).toMatch(/^https:/);
  expect(await shown(shelf.origin, first.cert)).toEqual({ status: 200, fingerprint: first.fingerprint });
  install("second");
  shelf.reloadTls();
  expect(await shown(shelf.origin, second.cert)).toEqual({ status: 200, fingerprint: second.fingerprint });
  copyFileSync(certificates.file("first.key"), tls.key);
  expect(() => shelf.reloadTls()).toThrow("no certificate with its key");
  expect(await shown(shelf.origin, second.cert)).toEqual({ status: 200, fingerprint: second.fingerprint });
  await expect(send(shelf.origin.replace("https", "http"), "GET", "/api/health")).rejects.toThrow();
});

it("does not start with a certificate that is none", async () => {
  const dir = tempDir();
  const [cert, key] = [join(dir, "cert.pem"), join(dir, "key.pem")];
  await expect(startShelf({ dataDir: dir, tls: { cert, key } })).rejects.toThrow("the certificate cannot be read");
  for (const file of [cert, key]) writeFileSync(file, "x");
  await expect(startShelf({ dataDir: dir, tls: { cert, key } })).rejects.toThrow("no certificate with its key");
});

const forwarded = { "X-Forwarded-For": "203.0.113.9", "X-Forwarded-Proto": "https", "X-Forwarded-Host": "books.test" };

it.each([
  ["nobody's unless told", {}, "http://shelf.test/api/health", "127.0.0.1"],
  ["another proxy's", { trustedProxies: ["192.0.2.1"] }, "http://shelf.test/api/health", "127.0.0.1"],
  ["its proxy's", { trustedProxies: ["loopback"] }, "https://books.test/api/health", "203.0.113.9"],
  ["its net's", { trustedProxies: ["127.0.0.0/8"] }, "https://books.test/api/health", "203.0.113.9"],
  ["none where it knows its address", { baseUrl: "https://my.test" }, "https://my.test/api/health", "127.0.0.1"],
])("believes forwarded headers: %s", async (_, options, location, from) => {
  const lines: string[] = [];
  const log = makeLog("info", { write: line => void lines.push(line) });
  const shelf = await start({ ...options, log, settings: { webUi: false } });
  const { headers } = await send(shelf.origin, "GET", "/api/health/", { Host: "shelf.test", ...forwarded });
  expect(headers.location).toBe(location);
  expect(lines.join("")).toContain(`"from":"${from}"`);
});

it("tells who has no key that it is well, and nothing else", async () => {
  const shelf = await start({});
  shelf.addKey("Clara");
  const { status, body } = await send(shelf.origin, "GET", "/api/health");
  expect([status, JSON.parse(body.toString())]).toEqual([200, { status: "ok", version: "2.3.0" }]);
});
