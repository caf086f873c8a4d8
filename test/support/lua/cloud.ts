// What the specs of cloud folders share: the servers, a client for each, and orders to the networks between.
import cjson = require("cjson");
import lfs = require("libs/libkoreader-lfs");
import http = require("socket.http");
import ltn12 = require("ltn12");
import socket = require("socket");
import type { Failure } from "../../../src/core/failure";
import { success, type Result } from "../../../src/core/result";
import { epochSeconds, seconds } from "../../../src/core/units";
import { hashes } from "../../../src/koreader/hashes";
import { HttpClient } from "../../../src/koreader/http/client";
import { json } from "../../../src/koreader/json";
import type { Http, HttpRequest } from "../../../src/ports/http";
import type { Random } from "../../../src/ports/random";
import type { KnownScheme } from "../../../src/protocol/webdav/sign-in";
import { type WebDavAccount, WebDavClient } from "../../../src/protocol/webdav/webdav-client";
import { WebDavFolder } from "../../../src/protocol/webdav/webdav-folder";
import * as texts from "../../reader/data/texts";

export { sorted } from "../../reader/data/order";

export interface Server {
  readonly name: string;
  readonly port: number;
  readonly path: string;
  /** Where its files lie. */
  readonly folder: string;
}

interface Places {
  readonly user: string;
  readonly password: string;
  readonly local: string;
  /** On a disk of 256 KiB; empty where there can be none. */
  readonly small: string;
  readonly control: number;
  readonly hostile: number;
  readonly servers: Server[];
}

export const places = cjson.decode(os.getenv("RIBBON_CLOUD") ?? error("run by test/cloud/specs.test.ts")) as Places;
/** All that can be written to, with room. */
export const servers = places.servers.filter(({ name }) => name !== "apache readonly" && name !== "apache small");

export function serverOf(wanted: string): Server | undefined {
  return places.servers.find(({ name }) => name === wanted);
}

/** Counts what is sent, and keeps its words. */
export class CountingHttp implements Http {
  sent: HttpRequest[] = [];
  private readonly client = new HttpClient({
    monotonic: () => seconds(socket.gettime()),
    now: () => epochSeconds(os.time()),
    roots: () => undefined,
    proxy: () => success(undefined),
    userAgent: () => "Ribbon's specs",
  });

  send(request: HttpRequest): ReturnType<Http["send"]> {
    this.sent.push(request);
    return this.client.send({ ...request, deadlines: { ...request.deadlines, firstByte: seconds(60) } });
  }

  close(): void {
    this.client.close();
  }

  methods(): string {
    return this.sent.map(({ method }) => method).join(" ");
  }
}

let uuids = 0;

export interface Dav {
  readonly http: CountingHttp;
  readonly client: WebDavClient;
  readonly folder: WebDavFolder;
}

export function davAt(account: WebDavAccount, path: string, known?: KnownScheme): Dav {
  const counting = new CountingHttp();
  const wire = { http: counting, json, encode: texts.urlEncode, now: () => epochSeconds(os.time()) };
  const random: Random = { uuid: () => `0000-${(uuids += 1)}`, fraction: () => 0.5 };
  const client = new WebDavClient(account, wire, { hashes, random }, known);
  return { http: counting, client, folder: new WebDavFolder(client, account.url, path) };
}

export function accountAt({ port, path }: Server, more: Partial<WebDavAccount> = {}): WebDavAccount {
  const { user, password } = places;
  return { url: `http://127.0.0.1:${port}${path}`, user, password, ...more };
}

/** The name of a folder in another one that no spec has used. */
export function freshName(folder: string): string {
  let number = 1;
  while (lfs.attributes(`${folder}/own books/${number}`, "mode") !== undefined || taken.has(`${folder} ${number}`))
    number += 1;
  taken.add(`${folder} ${number}`);
  return `own books/${number}`;
}

const taken = new Set<string>();

export function freshDav(server: Server): Dav {
  return davAt(accountAt(server), freshName(server.folder));
}

/** Of the hostile server. */
export const hostileDav = (kind: string): Dav =>
  davAt({ url: `http://127.0.0.1:${places.hostile}`, user: "u", password: "p" }, kind);

/** Sets a fault of the network before a server; answered with what has passed since the last order. */
export function tell(order: { server: string; fault?: object; next?: object[] }): Traffic {
  const text = cjson.encode(order);
  const chunks: string[] = [];
  http.request({
    url: `http://127.0.0.1:${places.control}/`,
    method: "POST",
    headers: { "Content-Length": text.length },
    source: ltn12.source.string(text),
    sink: ltn12.sink.table(chunks),
  });
  return cjson.decode(chunks.join("")) as Traffic;
}

interface Traffic {
  readonly connections: number;
  readonly bytesUp: number;
  readonly bytesDown: number;
}

export const PASS = { kind: "pass" };

/** The value; the spec fails when there is none. */
export function valueOf<Value>(result: Result<Value, Failure>): Value {
  return result.ok ? result.value : error(`${result.failure.reason}: ${result.failure.detail ?? ""}`, 2);
}

export function reasonOf(result: Result<unknown, Failure>): string {
  return result.ok ? "ok" : result.failure.reason;
}
