import type { Failure } from "../core/failure";
import type { Result } from "../core/result";

export interface HttpRequest {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface HttpResponse {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Blocking: only for a worker. Any answer of a server is a response, whatever its status; redirects are not followed. */
export interface Http {
  send(request: HttpRequest): Result<HttpResponse, Failure>;
}
