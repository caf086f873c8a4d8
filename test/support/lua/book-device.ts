// What the specs of downloads share: a device with a folder, and the orders to the server of support/node/book-server.ts.
import "./stand-in";
import cjson = require("cjson");
import lfs = require("lfs");
import ltn12 = require("ltn12");
import socket = require("socket");
import http = require("socket.http");
import { fetchBook } from "../../../src/app/download-job";
import type { Connection } from "../../../src/core/connection";
import type { DownloadNews, PartProof } from "../../../src/core/download";
import type { Failure } from "../../../src/core/failure";
import type { ConnectionId } from "../../../src/core/outbox";
import { success } from "../../../src/core/result";
import { epochSeconds, seconds } from "../../../src/core/units";
import { HttpClient } from "../../../src/koreader/http/client";
import { json } from "../../../src/koreader/json";
import { FilePart } from "../../../src/koreader/part-file";
import { partPathOf, settle } from "../../../src/koreader/settle-file";
import type { PartFile } from "../../../src/ports/part-file";
import { openServer } from "../../../src/protocol/servers";
import type { Http } from "../../../src/ports/http";

interface Places {
  readonly folder: string;
  readonly port: number;
  readonly otherPort: number;
  /** Servers of Shelf, each with its fault, and the one book of theirs. */
  readonly shelves: Record<string, { readonly url: string; readonly key: string }>;
  readonly book: string;
}

export const places = cjson.decode(os.getenv("RIBBON_DOWNLOAD") ?? error("run by specs.test.ts")) as Places;

export interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: Record<string, string>;
}

/** Tells the server what to do; gives what it was asked since the last order. */
export function tell(order: object, port = places.port): Seen[] {
  const text = cjson.encode(order);
  const chunks: string[] = [];
  const [sent, problem] = http.request({
    url: `http://127.0.0.1:${port}/order`,
    method: "POST",
    headers: { "Content-Length": text.length },
    source: ltn12.source.string(text),
    sink: ltn12.sink.table(chunks),
  });
  if (sent === undefined) error(`the control port: ${problem}`);
  return (cjson.decode(chunks.join("")) as { seen: Seen[] }).seen;
}

/** The requests for a file since the last order. */
export function downloads(): Seen[] {
  return tell({}).filter(({ url }) => url.includes("/download/"));
}

export function contentOf(path: string): string | undefined {
  const [file] = io.open(path, "rb");
  const content = file?.read("*a");
  file?.close();
  return content;
}

/** What the server sends. */
export const asSent = (): string => contentOf(`${places.folder}/as-sent`) ?? error("the server has no book");

/** Each spec file is a world of its own, but for the disk. */
function newFolder(number = 1): string {
  const folder = `${places.folder}/device-${number}`;
  return lfs.mkdir(folder)[0] === undefined ? newFolder(number + 1) : folder;
}

/** Only for what hangs: the machine may be busy. */
const LONG = seconds(60);

/** An e-reader with a folder of its own, which fetches one book in any number of tries. */
export class Device {
  readonly folder: string;
  readonly target: string;
  /** All that the worker told in the last try. */
  news: DownloadNews[] = [];
  /** As the queue keeps it. */
  proof: PartProof | undefined;
  part: PartFile;
  private time = 0;

  constructor(private readonly port = places.port) {
    this.folder = newFolder();
    this.target = `${this.folder}/Series/Vol. 1.epub`;
    this.part = new FilePart(partPathOf(this.target));
  }

  connection: Partial<Connection> = {};
  /** How long it waits for the next piece of a book. */
  idle = LONG;

  /** One try of a worker. */
  fetch(): DownloadNews {
    this.news = [];
    const connection = {
      id: "main" as ConnectionId,
      name: "Home",
      kind: "tome",
      url: `http://127.0.0.1:${this.port}`,
      key: "tk_x",
      ...this.connection,
    } as const;
    const client = new HttpClient({
      monotonic: () => seconds(socket.gettime()),
      now: () => epochSeconds(os.time()),
      roots: () => undefined,
      proxy: () => success(undefined),
      userAgent: () => "Ribbon's specs",
    });
    const { idle } = this;
    const patient: Http = {
      send(request) {
        return client.send({ ...request, deadlines: { connect: LONG, firstByte: LONG, idle, total: LONG } });
      },
    };
    const wire = { http: patient, json, encode: (text: string) => text, now: () => epochSeconds(os.time()) };
    const server = openServer(connection, "Clara", wire);
    const clock = { monotonic: () => seconds((this.time += 1)) };
    fetchBook(server, "1", "1", this.part, this.proof, clock, news => {
      this.news.push(news);
      if (news.kind === "begun") this.proof = news.proof;
    });
    client.close();
    this.revive();
    return this.news.find(({ kind }) => kind === "fetched" || kind === "failed") ?? error("not a last word");
  }

  /** Until the file is there under its own name, in so many tries at most; gives the last failure. */
  fetchWhole(mostTries = 1): Failure | undefined {
    let failure: Failure | undefined;
    for (const _ of $range(1, mostTries)) {
      const last = this.fetch();
      if (last.kind === "fetched") return this.settle(last.digest);
      if (last.kind === "failed") failure = last.failure;
    }
    return failure;
  }

  settle(digest: string, replaces = false): Failure | undefined {
    const settled = settle(this.target, digest, replaces);
    return settled.ok ? undefined : settled.failure;
  }

  /** After a death: the store knows the proof, and nobody has the file open. */
  revive(): void {
    this.part = new FilePart(partPathOf(this.target));
  }

  /** The book, where a reader finds it. */
  book(): string | undefined {
    return contentOf(this.target);
  }

  partSize(): number | undefined {
    return lfs.attributes(partPathOf(this.target), "size");
  }
}
