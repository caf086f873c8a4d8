import { createServer, type RequestListener, type Server, type ServerOptions } from "node:http";
import { createServer as createTlsServer, type Server as TlsServer } from "node:https";
import type { TlsPair } from "./tls";

/** How patient a listener is. */
export interface Patience {
  /** Milliseconds for a request's line and headers. */
  readonly headMs: number;
  /** For the whole request: an e-reader on a weak radio is slow, but who sends nothing must not hold a connection for ever. */
  readonly requestMs: number;
  /** For a connection on which nothing moves: the other end is asleep, and will resume its download. */
  readonly silenceMs: number;
}

export const PATIENCE: Patience = { headMs: 20_000, requestMs: 120_000, silenceMs: 120_000 };

/** As much as the server under Tome 2.3 takes in a request's line and headers. */
export const LARGEST_HEAD_BYTES = 64 * 1024;
const MOST_CONNECTIONS = 1000;
const LOOKS_PER_LIMIT = 4;
/** Longer than proxies keep their side of an idle connection, so that they never send into one that just closes. */
const KEEP_ALIVE_MS = 72_000;

/** A server for HTTP, or for HTTPS when there is a certificate, that nobody can hold up for ever. */
export function makeListener(handler: RequestListener, tls: TlsPair | undefined, patience: Patience): Server {
  const options: ServerOptions = {
    maxHeaderSize: LARGEST_HEAD_BYTES,
    headersTimeout: patience.headMs,
    requestTimeout: patience.requestMs,
    keepAliveTimeout: KEEP_ALIVE_MS,
    connectionsCheckingInterval: Math.ceil(patience.headMs / LOOKS_PER_LIMIT),
  };
  // Whatever Fastify uses of the one, the other has too; only the types are no kin.
  const server = tls
    ? (createTlsServer({ ...options, ...tls }, handler) as unknown as Server)
    : createServer(options, handler);
  server.setTimeout(patience.silenceMs);
  server.maxConnections = MOST_CONNECTIONS;
  return server;
}

/** Shows another certificate from the next connection on. Only for a listener that was made with one. */
export function changeCertificate(server: Server, tls: TlsPair): void {
  (server as unknown as TlsServer).setSecureContext(tls);
}
