// Stands between a reader and a server: writes down what passes, and lets go wrong what can go wrong on the way.
import http, { type IncomingMessage, type ServerResponse } from "node:http";
import { freePort } from "./ports";

/** What happens to one request. */
export type Fault =
  /** The server answers this instead, in JSON as its own. */
  | { kind: "status"; status: number; detail?: string }
  /** Whatever stands before the server answers this, in HTML. */
  | { kind: "page"; status: number }
  /** Exactly this is answered. */
  | {
      kind: "answer";
      status: number;
      headers: Readonly<Record<string, string>>;
      body: string | Buffer;
      cutAfter?: number;
    }
  /** The server acts, and its answer drips, a byte at a time. */
  | { kind: "trickle" }
  /** The connection ends before the server hears of the request. */
  | { kind: "reset" }
  /** The server acts, and its answer is lost. */
  | { kind: "lost answer" }
  /** The server acts, and its answer ends after so many bytes of the body. */
  | { kind: "cut"; bytes: number }
  /** The request is taken, and nothing ever comes. */
  | { kind: "silence" };

/** One request as it went. */
export interface Exchange {
  /** "GET position", "POST session": the method and what it is about. */
  what: string;
  method: string;
  path: string;
  authorization: string;
  headers: http.IncomingHttpHeaders;
  body: string;
  fault?: Fault;
  /** What the server said; absent when it was not asked. */
  status?: number;
  answer?: string;
}

type Choose = (exchange: Exchange) => Fault | undefined;

const refusal = (detail = "made up by the proxy"): string => JSON.stringify({ detail });
const PAGE = "<!doctype html><title>Welcome to our Wi-Fi</title>";
const DRIP_MS = 50;
/** Hop-by-hop, or wrong once the body was read. */
const DROPPED = ["connection", "keep-alive", "transfer-encoding", "content-length"];

async function readAll(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function drip(response: ServerResponse, body: Buffer): void {
  let next = 0;
  const timer = setInterval(() => {
    if (next < body.length) response.write(body.subarray(next, (next += 1)));
    else response.end();
  }, DRIP_MS);
  response.on("close", () => clearInterval(timer));
}

const subject = (path: string): string => /tome-sync\/([a-z-]+)/.exec(path)?.[1] ?? path;

export class Proxy {
  /** Everything that came in, in order. */
  readonly exchanges: Exchange[] = [];
  private readonly server = http.createServer((request, response) => {
    response.sendDate = this.tellsTime;
    void this.pass(request, response);
  });
  /** Whether answers carry this machine's time. Most readers of these tests live at another. */
  tellsTime = false;
  private choose: Choose = () => undefined;
  /** Called before a request goes to the server, and after the server answered. */
  watch: { before?: (exchange: Exchange) => void; after?: (exchange: Exchange) => void } = {};

  private constructor(
    private readonly upstream: () => string,
    private readonly port: number,
  ) {}

  /** @param upstream the server's address, asked for each request: it may come back on another port */
  static async start(upstream: () => string): Promise<Proxy> {
    const proxy = new Proxy(upstream, await freePort());
    await proxy.listen();
    return proxy;
  }

  get origin(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** From now on nobody listens: connections are refused. */
  async refuse(): Promise<void> {
    this.server.closeAllConnections();
    if (this.server.listening) await new Promise(resolve => this.server.close(resolve));
  }

  async listen(): Promise<void> {
    if (this.server.listening) return;
    await new Promise<void>((resolve, reject) => {
      this.server.once("error", reject).listen(this.port, "127.0.0.1", resolve);
    });
  }

  /** From now on this decides what goes wrong; nothing heals it. */
  fail(fault: Fault | Choose): void {
    this.choose = typeof fault === "function" ? fault : () => fault;
  }

  /** The next request about this ("POST session") goes wrong, and only that. */
  failOnce(what: string, fault: Fault): void {
    const before = this.choose;
    let isDone = false;
    this.choose = exchange => {
      if (isDone || exchange.what !== what) return before(exchange);
      isDone = true;
      return fault;
    };
  }

  async heal(): Promise<void> {
    this.choose = () => undefined;
    await this.listen();
  }

  /** What came in, in short; each call forgets. */
  taken(): string[] {
    return this.exchanges.splice(0).map(({ what }) => what);
  }

  async close(): Promise<void> {
    await this.refuse();
  }

  private async pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = "GET", url = "/" } = request;
    const body = await readAll(request);
    const { authorization = "" } = request.headers;
    const what = `${method} ${subject(url)}`;
    const { headers } = request;
    const exchange: Exchange = { what, method, path: url, authorization, headers, body: body.toString() };
    const fault = this.choose(exchange);
    if (fault !== undefined) exchange.fault = fault;
    this.exchanges.push(exchange);
    await this.answer(exchange, request, response);
  }

  private async answer(exchange: Exchange, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { fault } = exchange;
    switch (fault?.kind) {
      case "status":
        return void response.writeHead(fault.status, { "content-type": "application/json" }).end(refusal(fault.detail));
      case "page":
        return void response.writeHead(fault.status, { "content-type": "text/html" }).end(PAGE);
      case "answer":
        return this.say(fault, request, response);
      case "reset":
        return void request.socket.destroy();
      case "silence":
        return;
      case "lost answer":
      case "cut":
      case "trickle":
      case undefined:
        return this.forward(exchange, request, response);
    }
  }

  private say(
    { status, headers, body, cutAfter }: Extract<Fault, { kind: "answer" }>,
    request: IncomingMessage,
    response: ServerResponse,
  ): void {
    if (cutAfter === undefined) return void response.writeHead(status, headers).end(body);
    response.writeHead(status, { ...headers, "content-length": body.length });
    response.write(body.slice(0, Math.max(1, cutAfter)), () => request.socket.destroy());
  }

  private async forward(exchange: Exchange, request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.watch.before?.(exchange);
    const { status, headers, body } = await this.ask(exchange, request);
    exchange.status = status;
    exchange.answer = body.toString();
    this.watch.after?.(exchange);
    const { fault } = exchange;
    if (fault?.kind === "lost answer") return void request.socket.destroy();
    response.writeHead(status, { ...headers, "content-length": body.length });
    if (fault?.kind === "trickle") return drip(response, body);
    if (fault?.kind !== "cut") return void response.end(body);
    response.write(body.subarray(0, Math.min(fault.bytes, body.length - 1)), () => request.socket.destroy());
  }

  private ask(
    { method, path, body }: Exchange,
    request: IncomingMessage,
  ): Promise<{ status: number; headers: Record<string, string>; body: Buffer }> {
    return new Promise((resolve, reject) => {
      const headers = { ...request.headers, connection: "close" };
      const asked = http.request(`${this.upstream()}${path}`, { method, headers }, answer => {
        void readAll(answer).then(whole => {
          const kept = Object.entries(answer.headers).filter(([name]) => !DROPPED.includes(name));
          resolve({
            status: answer.statusCode ?? 0,
            headers: Object.fromEntries(kept) as Record<string, string>,
            body: whole,
          });
        }, reject);
      });
      asked.on("error", reject);
      asked.end(body);
    });
  }
}
