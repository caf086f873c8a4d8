import type { Failure } from "../core/failure";
import type { Deadlines } from "../core/http/deadlines";
import type { Result } from "../core/result";

export interface HttpRequest {
  readonly method: "GET" | "POST" | "PUT" | "DELETE" | "PROPFIND" | "MKCOL";
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** What this request needs other than usual. */
  readonly deadlines?: Partial<Deadlines>;
  readonly trust?: HttpTrust;
  /** The largest body that is accepted as an answer. */
  readonly maxBytes?: number;
  /** Where the body of a 200, 206 or 207 goes, of any size; it is asked first, and never for what another host answers. */
  readonly into?: BodySink;
}

/** Takes a body piece by piece. What it fails with ends the request. */
export interface BodySink {
  /** The answer has begun. False when this body is none for it: then it comes with the response, as any other. */
  begin(status: number, headers: Readonly<Record<string, string>>): Result<boolean, Failure>;
  write(bytes: string): Result<true, Failure>;
}

/** How a server proves who it is; without a pin by a chain to a known authority and by its name. */
export interface HttpTrust {
  /** SHA-256 of the server's own certificate, in hex: then this one is trusted, and no other. */
  readonly pin?: string;
}

export interface HttpResponse {
  readonly status: number;
  /** Names in lower case; what came more than once is joined by ", ". */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** The body went into the request's sink, to its end; here it is empty. */
  readonly isStreamed?: boolean;
  /** Scheme, host and port of whoever answered, when redirects led to another place; it got nothing that may be secret. */
  readonly stranger?: string;
}

/**
 * Blocking: only for a worker. Any answer of a server is a response, whatever its status, but for redirects: they are
 * followed where nothing secret goes astray, and otherwise a failure (`garbled`) that says where to.
 */
export interface Http {
  send(request: HttpRequest): Result<HttpResponse, Failure>;
  /** Ends the connection that is kept for the next request. */
  close?(): void;
}
