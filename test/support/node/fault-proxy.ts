// A network between a client and a server that fails as it is told to. It knows nothing of HTTP: bytes go up, bytes come down.
import net from "node:net";
import { freePort } from "./ports";

/** What becomes of a connection, from the moment that it is accepted. */
export type Fault =
  | { readonly kind: "pass" }
  /** Accepted, read, and never answered; the server is not even called. */
  | { readonly kind: "blackhole" }
  /** The answer waits, then passes. The server has acted long before. */
  | { readonly kind: "stall"; readonly ms: number }
  /** The answer comes drop by drop. */
  | { readonly kind: "trickle"; readonly bytesPerSecond: number }
  /** The connection ends after this many bytes of the answer; 0 loses an answer that the server has given. */
  | { readonly kind: "cut"; readonly afterBytes: number }
  /** The server gets only so many bytes of what the client sends; then the connection ends on both sides. */
  | { readonly kind: "cutRequest"; readonly afterBytes: number }
  /** Somebody else answers each piece of a request, and the server never hears of it. */
  | { readonly kind: "answer"; readonly text: string }
  /** The server acts, and its answer is lost: the connection ends when the answer begins. */
  | { readonly kind: "dropAnswer" }
  /** The connection ends at its request of this number, from 1: before the server hears of it, or when it has answered. */
  | { readonly kind: "cutAt"; readonly request: number; readonly when: "asked" | "answered" }
  /** The first answer passes; when the client uses the connection again it ends, and the server hears nothing. */
  | { readonly kind: "dropAfterFirst" }
  /** The server gets everything twice, over two connections; the client gets the first one's answer. */
  | { readonly kind: "replay" };

/** What has gone through since the last `reset`. */
export interface Traffic {
  connections: number;
  /** From the client, whatever became of it. */
  bytesUp: number;
  /** That reached the client. */
  bytesDown: number;
}

const TICK_MS = 50;
/** A server that does not end a connection which its client has ended. */
const LONGEST_END_MS = 2000;

/** Hands on what a server sends, so many bytes a second, until the client goes. */
function trickle(server: net.Socket, client: net.Socket, give: (bytes: Buffer) => void, bytesPerSecond: number): void {
  let waiting = Buffer.alloc(0);
  let hasEnded = false;
  let due = 0;
  const timer = setInterval(() => {
    due += (bytesPerSecond * TICK_MS) / 1000;
    const count = Math.min(Math.floor(due), waiting.length);
    due -= Math.floor(due);
    if (count > 0) give(waiting.subarray(0, count));
    waiting = waiting.subarray(count);
    if (hasEnded && waiting.length === 0) client.end();
  }, TICK_MS);
  client.on("close", () => clearInterval(timer));
  server.on("data", bytes => {
    waiting = Buffer.concat([waiting, bytes]);
  });
  server.on("end", () => {
    hasEnded = true;
  });
}

/** Counts requests: the first bytes that a client sends after an answer are of the next one. */
function endAt(server: net.Socket, client: net.Socket, request: number, when: "asked" | "answered"): void {
  let count = 0;
  let isAsking = false;
  const end = (): void => void (server.destroy(), client.destroy());
  client.prependListener("data", () => {
    if (!isAsking) count += 1;
    isAsking = true;
    if (count >= request && when === "asked") end();
  });
  server.prependListener("data", () => {
    isAsking = false;
    if (count >= request) end();
  });
}

/** As a server does that closes an idle connection while the next request is on its way. */
function endAtSecond(server: net.Socket, client: net.Socket): void {
  server.once("data", () => client.prependListener("data", () => void (server.destroy(), client.destroy())));
}

/** An answer as a portal, a proxy or an overloaded server gives it. */
export function fixedAnswer(status: string, headers: Readonly<Record<string, string>>, body: string): Fault {
  const fields = Object.entries({ "Content-Length": String(Buffer.byteLength(body)), ...headers });
  const head = [`HTTP/1.1 ${status}`, ...fields.map(([name, value]) => `${name}: ${value}`)].join("\r\n");
  return { kind: "answer", text: `${head}\r\n\r\n${body}` };
}

export const PORTAL = fixedAnswer("200 OK", { "Content-Type": "text/html" }, "<html>Please accept our terms</html>");
export const TOO_MANY = fixedAnswer("429 Too Many Requests", { "Retry-After": "7" }, "");
export const UNAVAILABLE = fixedAnswer("503 Service Unavailable", { "Content-Type": "text/html" }, "<html>503</html>");

/** A port of this machine that leads to a server of this machine, on a bad day. */
export class FaultProxy {
  traffic: Traffic = { connections: 0, bytesUp: 0, bytesDown: 0 };
  private fault: Fault = { kind: "pass" };
  private readonly queue: Fault[] = [];
  private readonly sockets = new Set<net.Socket>();
  private server: net.Server | undefined;

  private constructor(
    private readonly serverPort: number,
    private readonly ownPort: number,
  ) {}

  /**
   * @param serverPort of a server on 127.0.0.1; a fault that calls no server needs none
   * @param ownPort 0: any that is free
   */
  static async start(serverPort = 0, ownPort = 0): Promise<FaultProxy> {
    const proxy = new FaultProxy(serverPort, ownPort === 0 ? await freePort() : ownPort);
    await proxy.accept();
    return proxy;
  }

  get port(): number {
    return this.ownPort;
  }

  get url(): string {
    return `http://127.0.0.1:${this.ownPort}`;
  }

  /** For every connection from now on. Open ones end, as those of a network that goes bad do, unless they are kept. */
  set(fault: Fault, { keepOpen = false } = {}): void {
    this.fault = fault;
    this.queue.length = 0;
    if (!keepOpen) this.hangUp();
  }

  /** For the next connections, one each; then again what was set. */
  next(...faults: readonly Fault[]): void {
    this.queue.push(...faults);
  }

  /** Ends every open connection. */
  hangUp(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  /** Nobody listens on the port any more. */
  async refuse(): Promise<void> {
    const { server } = this;
    this.server = undefined;
    this.hangUp();
    if (server !== undefined) await new Promise(resolve => server.close(resolve));
  }

  /** Listens again, on the same port. */
  async accept(): Promise<void> {
    if (this.server !== undefined) return;
    const server = net.createServer({ allowHalfOpen: true }, client => this.connect(client));
    await new Promise<void>((resolve, reject) =>
      server.once("error", reject).listen(this.ownPort, "127.0.0.1", resolve),
    );
    this.server = server;
  }

  reset(): void {
    this.traffic = { connections: 0, bytesUp: 0, bytesDown: 0 };
  }

  close(): Promise<void> {
    return this.refuse();
  }

  private connect(client: net.Socket): void {
    const fault = this.queue.shift() ?? this.fault;
    this.traffic.connections += 1;
    this.track(client);
    client.on("data", bytes => {
      this.traffic.bytesUp += bytes.length;
    });
    if (fault.kind === "blackhole") return;
    if (fault.kind === "answer") this.answer(client, fault.text);
    else this.join(client, fault);
  }

  /** Forgets it when it ends; a connection that breaks is nothing to report. */
  private track(socket: net.Socket): void {
    this.sockets.add(socket);
    socket.on("error", () => undefined).on("close", () => this.sockets.delete(socket));
  }

  private answer(client: net.Socket, text: string): void {
    client.on("data", () => this.give(client, Buffer.from(text, "latin1"))).on("end", () => client.end());
  }

  private give(client: net.Socket, bytes: Buffer): void {
    if (client.destroyed) return;
    this.traffic.bytesDown += bytes.length;
    client.write(bytes);
  }

  /** @param limit as many bytes as the server gets */
  private call(client: net.Socket, limit = Infinity): net.Socket {
    const server = net.connect({ port: this.serverPort, host: "127.0.0.1", allowHalfOpen: true });
    this.track(server);
    let left = limit;
    client
      .on("data", bytes => {
        if (left < 0) return;
        if (server.writable && !client.destroyed) server.write(bytes.subarray(0, Math.min(left, bytes.length)));
        left = bytes.length < left ? left - bytes.length : -1;
        if (left < 0) this.cutOff(client, server);
      })
      .on("end", () => server.end())
      .on("close", () => server.destroy());
    return server;
  }

  /**
   * The end, not a reset: the server gets what was sent before. The client hears of it when the server is done with that: else
   * what it sends next may overtake it, and half a file be written over a whole one (rclone).
   */
  private cutOff(client: net.Socket, server: net.Socket): void {
    server.removeAllListeners("data").resume().end();
    const done = (): void => void (server.destroy(), client.destroy());
    const timer = setTimeout(done, LONGEST_END_MS);
    server.once("end", done).once("close", () => clearTimeout(timer));
  }

  private join(client: net.Socket, fault: Exclude<Fault, { kind: "blackhole" | "answer" }>): void {
    const server = this.call(client, fault.kind === "cutRequest" ? fault.afterBytes : Infinity);
    server.on("error", () => client.destroy());
    if (fault.kind === "dropAfterFirst") endAtSecond(server, client);
    if (fault.kind === "cutAt") endAt(server, client, fault.request, fault.when);
    if (fault.kind === "replay") this.call(client).on("data", () => undefined);
    if (fault.kind === "trickle") trickle(server, client, bytes => this.give(client, bytes), fault.bytesPerSecond);
    else this.handOn(server, client, fault);
  }

  /** Hands on what the server sends, later or only some of it where the fault says so. */
  private handOn(server: net.Socket, client: net.Socket, fault: Fault): void {
    const wait = fault.kind === "stall" ? fault.ms : 0;
    const later = (work: () => void): void => void (wait > 0 ? setTimeout(work, wait) : work());
    let left = fault.kind === "cut" ? fault.afterBytes : fault.kind === "dropAnswer" ? 0 : Infinity;
    server.on("data", bytes => {
      const piece = bytes.subarray(0, Math.min(left, bytes.length));
      left -= piece.length;
      if (piece.length > 0) later(() => this.give(client, piece));
      // The end, not a reset: bytes on their way still arrive.
      if (left === 0) later(() => client.destroySoon());
    });
    server.on("end", () => later(() => client.end()));
  }
}
