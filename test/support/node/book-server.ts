// A server that sends one book, as the Tome API does, and fails on it as a spec in another process tells it to.
import fs from "node:fs";
import http from "node:http";
import net from "node:net";
import path from "node:path";
import { partialMd5 } from "../../../src/shelf/library/partial-md5";

/** What the server does from now on; what is absent is as a good server has it. */
export interface Order {
  /** Another book, on a server that is well: so many bytes, told apart by `seed`. */
  readonly book?: { readonly bytes: number; readonly seed: number };
  /** "": none is sent. */
  readonly etag?: string;
  readonly modified?: string;
  /** One for each request; when they are used up, the server is well. */
  readonly faults?: readonly Fault[];
  /** Whether it knows what it sends. */
  readonly digests?: "known" | "unknown" | "of another" | "unsupported";
}

export type Fault =
  | { readonly kind: "none" }
  /** Ends the connection after so many bytes of the head, or of the body. */
  | { readonly kind: "cut head" | "cut body"; readonly after: number }
  /** Closes without a word. */
  | { readonly kind: "hang up" }
  /** Sends so many bytes of the body, then nothing for longer than anybody waits. */
  | { readonly kind: "stall"; readonly after: number }
  | { readonly kind: "ignore range" }
  | { readonly kind: "wrong range" }
  /** Says that it is so many bytes longer than it is, and closes. */
  | { readonly kind: "longer"; readonly by: number }
  | { readonly kind: "chunked"; readonly cutAfter?: number }
  | { readonly kind: "until closed" }
  | { readonly kind: "packed" }
  | {
      readonly kind: "refuse";
      readonly status: number;
      readonly type: string;
      readonly body: string;
      readonly to?: string;
    };

/** A request as the server saw it. */
interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: http.IncomingHttpHeaders;
}

/** Random enough that no piece of one book is like another. */
function contentOf(bytes: number, seed: number): Buffer {
  const content = Buffer.alloc(bytes);
  let state = (seed * 2_654_435_761 + 1) >>> 0;
  for (let at = 0; at < bytes; at += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    content[at] = state >>> 24;
  }
  return content;
}

/** Tome's own routes for one book, at `/api/tome-sync/download/<any>/<any>`. */
export class BookServer {
  private content: Buffer = Buffer.alloc(0);
  private order: Order = {};
  private faults: Fault[] = [];
  private seen: Seen[] = [];
  private readonly server = http.createServer((request, response) => void this.answer(request, response));

  /** @param file where a spec finds what has to arrive */
  private constructor(private readonly file: string) {}

  static async start(folder: string): Promise<BookServer> {
    fs.mkdirSync(folder, { recursive: true });
    const server = new BookServer(path.join(folder, "as-sent"));
    await new Promise<void>(resolve => server.server.listen(0, "127.0.0.1", resolve));
    return server;
  }

  get port(): number {
    return (this.server.address() as net.AddressInfo).port;
  }

  close(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  private async answer(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const body = Buffer.concat(parts).toString();
    const { method = "", url = "", headers } = request;
    if (url === "/order") return this.obey(JSON.parse(body) as Order, response);
    this.seen.push({ method, url, headers });
    if (url.endsWith("/match-hashes")) await this.match(body, response);
    else if (url.includes("/download/")) this.download(request, response);
    else json(response, 404, { detail: "Book not found" });
  }

  private obey(order: Order, response: http.ServerResponse): void {
    this.order = order.book === undefined ? { ...this.order, ...order } : order;
    // An empty list of Lua's is an object.
    if (order.faults !== undefined || order.book !== undefined) this.faults = Object.values(order.faults ?? []);
    if (order.book !== undefined) {
      this.content = contentOf(order.book.bytes, order.book.seed);
      fs.writeFileSync(this.file, this.content);
    }
    json(response, 200, { file: this.file, seen: this.seen });
    this.seen = [];
  }

  private async match(body: string, response: http.ServerResponse): Promise<void> {
    const { digests = "known" } = this.order;
    if (digests === "unsupported") return json(response, 404, { detail: "Not Found" });
    const { hashes } = JSON.parse(body) as { hashes: string[] };
    const own = await partialMd5(this.file);
    const known = digests === "unknown" ? [] : hashes.filter(hash => hash === own);
    json(response, 200, { matches: Object.fromEntries(known.map(hash => [hash, digests === "known" ? 1 : 2])) });
  }

  private download(request: http.IncomingMessage, response: http.ServerResponse): void {
    const fault = this.faults.shift() ?? { kind: "none" };
    const { socket } = request;
    if (fault.kind === "hang up") return void socket.destroySoon();
    if (fault.kind === "refuse") return refuse(response, fault);
    const from = fault.kind === "ignore range" ? 0 : this.rangeOf(request.headers);
    if (from >= this.content.length && from > 0) {
      return void response.writeHead(416, { "Content-Range": `*/${this.content.length}`, "Content-Length": 0 }).end();
    }
    const first = fault.kind === "wrong range" && from > 0 ? from - 1 : from;
    const body = this.content.subarray(first);
    const head = this.headOf(first, body.length, fault);
    if (this.isWell(fault)) well(response, head, body);
    else this.send(socket, head, body, fault);
  }

  private isWell({ kind }: Fault): boolean {
    return kind === "none" || kind === "ignore range" || kind === "wrong range";
  }

  private rangeOf(headers: http.IncomingHttpHeaders): number {
    const { etag = '"one"', modified } = this.order;
    const [, from = "0"] = /^bytes=(\d+)-$/.exec(headers.range ?? "") ?? [];
    const validator = headers["if-range"];
    const isSame = validator !== undefined && (validator === etag || validator === modified);
    return isSame ? Number(from) : 0;
  }

  private headOf(from: number, length: number, fault: Fault): string {
    const { etag = '"one"', modified } = this.order;
    const isDelimited = fault.kind !== "chunked" && fault.kind !== "until closed";
    const total = this.content.length;
    const fields: (string | false | undefined)[] = [
      from > 0 ? "HTTP/1.1 206 Partial Content" : "HTTP/1.1 200 OK",
      "Content-Type: application/octet-stream",
      `Date: ${new Date().toUTCString()}`,
      etag !== "" && `ETag: ${etag}`,
      modified !== undefined && `Last-Modified: ${modified}`,
      isDelimited && `Content-Length: ${length + (fault.kind === "longer" ? fault.by : 0)}`,
      fault.kind === "chunked" && "Transfer-Encoding: chunked",
      !this.isWell(fault) && "Connection: close",
      fault.kind === "packed" && "Content-Encoding: gzip",
      from > 0 && `Content-Range: bytes ${from}-${total - 1}/${total}`,
    ];
    return `${fields.filter(field => typeof field === "string").join("\r\n")}\r\n\r\n`;
  }

  /** By hand: Node's own answers cannot be wrong. */
  private send(socket: net.Socket, head: string, body: Buffer, fault: Fault): void {
    if (fault.kind === "cut head") return void socket.end(head.slice(0, fault.after));
    socket.write(head);
    if (fault.kind === "cut body") return void socket.end(body.subarray(0, fault.after));
    if (fault.kind === "stall") return void socket.write(body.subarray(0, fault.after));
    if (fault.kind === "chunked") return sendChunks(socket, body, fault.cutAfter);
    socket.end(body);
  }
}

const CHUNK = 10_000;

function sendChunks(socket: net.Socket, body: Buffer, cutAfter = Infinity): void {
  for (let at = 0; at < body.length && at < cutAfter; at += CHUNK) {
    const chunk = body.subarray(at, at + CHUNK);
    socket.write(`${chunk.length.toString(16)}\r\n`);
    socket.write(chunk);
    socket.write("\r\n");
  }
  socket.end(cutAfter < body.length ? "" : "0\r\n\r\n");
}

/** Leaves the connection to Node, for the next request. */
function well(response: http.ServerResponse, head: string, body: Buffer): void {
  const [first = "", ...fields] = head.trimEnd().split("\r\n");
  for (const field of fields) response.setHeader(field.split(": ", 1)[0] ?? "", field.slice(field.indexOf(": ") + 2));
  response.writeHead(Number(first.split(" ")[1])).end(body);
}

function refuse(response: http.ServerResponse, { status, type, body, to }: Extract<Fault, { kind: "refuse" }>): void {
  response.writeHead(status, { "Content-Type": type, ...(to === undefined ? {} : { Location: to }) }).end(body);
}

function json(response: http.ServerResponse, status: number, body: object): void {
  response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(body));
}
