// What somebody who can write into the folder, or who is the server, may put there: files that prove themselves, and lies.
import { createHash } from "node:crypto";
import http from "node:http";
import type net from "node:net";
import { gzipSync } from "node:zlib";
import type { Endless } from "./endless";
import { type DeviceId, encodeSegment, type Hlc, NEVER, tick } from "../../../src/core/sdr/index";
import { stampOf } from "../../../src/core/sdr/stamp";

export const EVIL = "evilevilev" as DeviceId;
const HLC = tick(NEVER, Date.UTC(2026, 4, 4));
/** A stamp that any of its writes may have. */
export const EVIL_STAMP = stampOf(HLC, EVIL);

const sha256 = (text: string): string => createHash("sha256").update(text, "latin1").digest("hex");

/** The last reading of a clock that is one. */
export const LAST_CLOCK = "3ncoukcvvvvv";

export interface Attack {
  readonly name: string;
  readonly bytes: Buffer;
}

let seq = 0;

/** A file whose name tells the truth about whatever is in it. */
export function segment(lines: readonly string[], label = "Phone", clock: string = HLC): Attack {
  seq += 1;
  const header = { device: EVIL, seq, label, hlc: clock as Hlc, seen: {} };
  const { name, bytes } = encodeSegment("delta", header, lines, sha256);
  return { name, bytes: Buffer.from(bytes, "latin1") };
}

/** A register with one write, as it stands in a line. */
export const register = (value: unknown): unknown => [[EVIL_STAMP, value]];

export interface Server {
  readonly origin: string;
  /** What it was asked. */
  readonly asked: string[];
  close(): void;
}

const entry = (href: string, size: number): string =>
  `<D:response><D:href>${href}</D:href><D:propstat><D:prop><D:resourcetype/><D:getcontentlength>${size}</D:getcontentlength></D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response>`;
const folder = (href: string): string =>
  `<D:response><D:href>${href}</D:href><D:propstat><D:prop><D:resourcetype><D:collection/></D:resourcetype></D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response>`;

const nameOf = (number: number, length: number): string =>
  `${EVIL}-${String(number).padStart(6, "0")}-d-${length}-${"0123456789abcdef"}.txt`;

/** A WebDAV server that lists names as ours are and answers for each with something else. */
export async function evilServer(endless: Endless): Promise<Server> {
  const asked: string[] = [];
  const listing = [
    folder("/x/"),
    // Says 1000 bytes, and never ends.
    entry(`/x/${nameOf(1, 1000)}`, 1000),
    // Says 1000 bytes, and packs 64 MB into 64 KB.
    entry(`/x/${nameOf(2, 1000)}`, 1000),
    // As long as a file of ours may be, and endless.
    entry(`/x/${nameOf(3, 8 * 1024 * 1024)}`, 8 * 1024 * 1024),
    // Longer than any of ours, and two gigabytes by the listing.
    entry(`/x/${nameOf(4, 20_000_000)}`, 20_000_000),
    entry(`/x/${nameOf(5, 1000)}`, 2_000_000_000),
    // Upwards, in every way of writing it.
    ...["../", "..%2f", "%2e%2e/", "....//", "/etc/", "..\\"].map(up => entry(`/x/${up}${nameOf(6, 4)}`, 4)),
    // Leads elsewhere.
    entry(`/x/${nameOf(7, 1000)}`, 1000),
  ];
  const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024));
  const server = http.createServer((request, response) => {
    request.resume();
    asked.push(`${request.method} ${request.url}`);
    const number = Number(/-(\d{6})-d-/.exec(request.url ?? "")?.[1] ?? 0);
    if (request.method === "PROPFIND") {
      const body = `<?xml version="1.0"?><D:multistatus xmlns:D="DAV:">${listing.join("")}</D:multistatus>`;
      response.writeHead(207, { "Content-Type": "application/xml" }).end(body);
    } else if (request.method !== "GET") response.writeHead(201).end();
    else if (number === 2) response.writeHead(200, { "Content-Encoding": "gzip" }).end(bomb);
    else if (number === 7) response.writeHead(302, { Location: `file:///etc/passwd` }).end();
    else endless.answer(response, 200, "text/plain", "x".repeat(100_000));
  });
  await new Promise<void>(resolve => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as net.AddressInfo;
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  return { origin: `http://127.0.0.1:${port}`, asked, close };
}
