// What the specs of the HTTP client talk to: servers with every kind of certificate, a forward proxy, a network with faults,
// and a control port by which a spec in another process sets faults and asks what arrived.
import http from "node:http";
import https from "node:https";
import net from "node:net";
import os from "node:os";
import { Certificates, type Identity } from "./certificates";
import { type Fault, FaultProxy } from "./fault-proxy";

/** A request as a server saw it. */
interface Seen {
  readonly server: string;
  readonly method: string;
  readonly url: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
  /** Tells connections apart. */
  readonly clientPort: number;
}

async function listen(server: net.Server, host?: string): Promise<number> {
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(0, host, resolve));
  return (server.address() as net.AddressInfo).port;
}

async function bodyOf(request: http.IncomingMessage): Promise<string> {
  const parts: string[] = [];
  for await (const part of request.setEncoding("latin1")) parts.push(part as string);
  return parts.join("");
}

/** Every server's requests, in their order. */
class Journal {
  seen: Seen[] = [];

  /** Answers by what the address asks for: `/status/404`, `/redirect/301?<address>`, `/bytes/100`; anything else says it back. */
  handler(server: string): http.RequestListener {
    return async (request, response) => {
      const { method = "", url = "", headers, socket } = request;
      const body = await bodyOf(request);
      this.seen.push({ server, method, url, headers, body, clientPort: socket.remotePort ?? 0 });
      const [, what, number = ""] = /^\/(\w+)(?:\/(\d+))?/.exec(url) ?? [];
      if (what === "status") response.writeHead(Number(number)).end();
      else if (what === "redirect")
        response.writeHead(Number(number), { Location: decodeURIComponent(url.split("?")[1] ?? "") }).end();
      else if (what === "bytes") response.end("x".repeat(Number(number)));
      else if (what === "chunks") {
        response.write("first, ");
        response.end(`last ${number}`);
      } else if (what === "bye") response.writeHead(200, { Connection: "close" }).end("bye");
      else response.writeHead(200, { "Content-Type": "text/plain" }).end(`${method} ${url} ${body}`);
    };
  }
}

/** A proxy as offices have it: plain requests by absolute address, tunnels by CONNECT. Its answer may be set. */
class ForwardProxy {
  lines: string[] = [];
  authorization: string | undefined;
  refusal: string | undefined;
  readonly server = http.createServer((request, response) => this.forward(request, response));

  constructor() {
    this.server.on("connect", (request: http.IncomingMessage, socket: net.Socket) => this.tunnel(request, socket));
  }

  private note(request: http.IncomingMessage): void {
    this.lines.push(`${request.method} ${request.url}`);
    this.authorization = request.headers["proxy-authorization"];
  }

  private forward(request: http.IncomingMessage, response: http.ServerResponse): void {
    this.note(request);
    const { method, headers, url = "" } = request;
    const onwards = http.request(url, { method, headers }, answer => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    request.pipe(onwards.on("error", () => response.writeHead(502).end("<html>no such host</html>")));
  }

  private tunnel(request: http.IncomingMessage, socket: net.Socket): void {
    this.note(request);
    socket.on("error", () => undefined);
    if (this.refusal === "silence") return;
    if (this.refusal !== undefined) return void socket.end(`HTTP/1.1 ${this.refusal}\r\n\r\n<html>no</html>`);
    const port = Number(request.url?.split(":").at(-1));
    const server = net.connect(port, "127.0.0.1", () => socket.write("HTTP/1.1 200 Established\r\n\r\n"));
    server.on("error", () => socket.destroy());
    server.pipe(socket);
    socket.pipe(server);
  }
}

/** All that a spec needs to find the servers, given to it in the environment. */
export interface Places {
  readonly ports: Readonly<Record<string, number>>;
  /** The file of the authority that signed what is good. */
  readonly roots: string;
  readonly fingerprints: Readonly<Record<string, string>>;
  /** Whether this machine has ::1; a container need not. */
  readonly hasIpv6: boolean;
}

function hasIpv6(): boolean {
  const all = Object.values(os.networkInterfaces()).flatMap(addresses => addresses ?? []);
  const found = all.some(({ address }) => address === "::1");
  if (!found) console.warn("No IPv6 address is tried: this machine has no ::1.");
  return found;
}

function makeIdentities(certificates: Certificates): Record<string, Identity> {
  const names = "DNS:localhost,IP:127.0.0.1,IP:::1";
  const sign = (name: string, wish: object, issuer = "root", along: readonly string[] = []): Identity =>
    certificates.make(name, issuer, { names, ...wish }, along);
  certificates.make("root", "root", { isAuthority: true });
  certificates.make("between", "root", { isAuthority: true });
  return {
    good: sign("good", {}),
    chain: sign("chain", {}, "between", ["between"]),
    gap: sign("gap", {}, "between"),
    wrongName: sign("wrongName", { names: "DNS:library.example.org,DNS:*.localhost" }),
    nameOnly: sign("nameOnly", { names: "DNS:localhost,DNS:127.0.0.1" }),
    addressOnly: sign("addressOnly", { names: "IP:127.0.0.1" }),
    commonNameOnly: certificates.make("commonNameOnly", "root", { commonName: "localhost" }),
    expired: sign("expired", { to: 2021 }),
    notYetValid: sign("notYetValid", { from: 2048 }),
    selfSigned: sign("selfSigned", {}, "selfSigned"),
    selfSignedOld: sign("selfSignedOld", { to: 2021 }, "selfSignedOld"),
    renewed: sign("renewed", {}, "renewed"),
  };
}

/** Starts everything in this process; `close` ends it. */
export async function startHttpServers(folder: string): Promise<{ places: Places; close: () => Promise<void> }> {
  const certificates = new Certificates(folder);
  const identities = makeIdentities(certificates);
  const journal = new Journal();
  const proxy = new ForwardProxy();
  const servers: net.Server[] = [proxy.server];
  const ports: Record<string, number> = { proxy: await listen(proxy.server) };
  const start = async (name: string, server: net.Server): Promise<void> => {
    servers.push(server);
    ports[name] = await listen(server);
  };
  await start("plain", http.createServer({ keepAliveTimeout: 60_000 }, journal.handler("plain")));
  await start("other", http.createServer(journal.handler("other")));
  for (const [name, { key, cert }] of Object.entries(identities))
    await start(name, https.createServer({ key, cert }, journal.handler(name)));
  const faulty = await FaultProxy.start(ports["plain"]);
  const faultyTls = await FaultProxy.start(ports["good"]);
  ports["faulty"] = faulty.port;
  ports["faultyTls"] = faultyTls.port;
  await start("control", control(journal, proxy, { faulty, faultyTls }));
  const fingerprints = Object.fromEntries(Object.entries(identities).map(([name, each]) => [name, each.fingerprint]));
  return {
    places: { ports, roots: certificates.file("root.pem"), fingerprints, hasIpv6: hasIpv6() },
    close: async () => {
      await Promise.all([faulty.close(), faultyTls.close()]);
      for (const server of servers) {
        server.close();
        if (server instanceof http.Server || server instanceof https.Server) server.closeAllConnections();
      }
    },
  };
}

/** An order of a spec: what to set; answered with what arrived since the order before. */
interface Order {
  readonly network?: "faulty" | "faultyTls";
  readonly fault?: Fault;
  /** For the next connections only. */
  readonly next?: readonly Fault[];
  readonly listens?: boolean;
  readonly hangUp?: boolean;
  readonly proxyRefusal?: string;
}

async function obey(order: Order, proxy: ForwardProxy, network: FaultProxy): Promise<void> {
  proxy.refusal = order.proxyRefusal;
  if (order.fault !== undefined) network.set(order.fault);
  if (order.next !== undefined) network.next(...order.next);
  if (order.hangUp === true) network.hangUp();
  if (order.listens === false) await network.refuse();
  if (order.listens === true) await network.accept();
}

function control(journal: Journal, proxy: ForwardProxy, networks: Record<"faulty" | "faultyTls", FaultProxy>) {
  return http.createServer(async (request, response) => {
    const order = JSON.parse(await bodyOf(request)) as Order;
    const network = networks[order.network ?? "faulty"];
    await obey(order, proxy, network);
    const { lines, authorization } = proxy;
    const report = { seen: journal.seen, proxy: lines, proxyAuthorization: authorization, traffic: network.traffic };
    response.end(JSON.stringify(report));
    journal.seen = [];
    proxy.lines = [];
    network.reset();
  });
}
