import type { Connection } from "../../core/connection";
import type { Failure, Reason } from "../../core/failure";
import { failure, type Result, success } from "../../core/result";
import { parseHttpDate, retryAfter } from "../../core/http/dates";
import { type Seconds, seconds } from "../../core/units";
import type { ServerTime } from "../../ports/server";
import { FILE_DEADLINES } from "../../core/http/deadlines";
import type { BodySink, HttpResponse } from "../../ports/http";
import { Site, type SiteRequest } from "../site";
import type { Wire } from "../wire";
import { detailOf, saidOf } from "./tome-codec";

/** An answer that the server itself gave, in JSON. */
export interface TomeAnswer {
  readonly status: number;
  readonly body: unknown;
}

const REASON_OF_STATUS: Readonly<Record<number, Reason>> = {
  401: "auth",
  403: "forbidden",
  404: "missing",
  405: "unsupported",
  408: "busy",
  409: "conflict",
  425: "busy",
  429: "busy",
};

/** What the framework under Tome says of an address that this version does not have; of a book Tome says more. */
const NO_SUCH_ADDRESS = "Not Found";

function reasonOf(status: number, detail: string): Reason {
  if (status === 404 && detail === NO_SUCH_ADDRESS) return "unsupported";
  const known = REASON_OF_STATUS[status];
  if (known !== undefined) return known;
  if (status >= 500) return "server";
  return status >= 400 ? "rejected" : "garbled";
}

/** Tome answers an address that it does not have with its web page and 200: only JSON counts as an answer. */
function isJson({ headers, stranger }: HttpResponse): boolean {
  return stranger === undefined && (headers["content-type"] ?? "").startsWith("application/json");
}

function isPicture({ status, headers, stranger }: HttpResponse): boolean {
  return status === 200 && stranger === undefined && (headers["content-type"] ?? "").startsWith("image/");
}

/** A picture and a file of a book are answers, too. */
function isOurs(response: HttpResponse): boolean {
  return response.isStreamed === true || isJson(response) || isPicture(response);
}

/** Of a request for a part of a file; it has no body worth reading. */
const BEYOND_THE_END = 416;

/** Requests to the Tome API below `<address>/api`, each answer checked to be the server's own. */
export class TomeClient {
  private lastTime: ServerTime | undefined;
  private isAnswered = false;
  private readonly site: Site;

  constructor(
    private readonly connection: Connection,
    private readonly wire: Wire,
  ) {
    this.site = new Site(connection, wire, isOurs);
  }

  /** Which address of the connection answered; nothing before the first answer. */
  address(): string | undefined {
    return this.site.address;
  }

  get(path: string): Result<TomeAnswer, Failure> {
    return this.send({ method: "GET", path: `/api${path}`, headers: this.headers() });
  }

  sendJson(method: "POST" | "PUT", path: string, body: object): Result<TomeAnswer, Failure> {
    const headers = { ...this.headers(), "Content-Type": "application/json" };
    return this.send({ method, path: `/api${path}`, headers, body: this.wire.json.encode(body) });
  }

  /** The bytes of a picture; anything else is a failure, as for any other answer. */
  getPicture(path: string, maxBytes: number): Result<string, Failure> {
    const headers = { ...this.headers(), Accept: "image/jpeg, image/png, application/json" };
    const sent = this.site.send({ method: "GET", path: `/api${path}`, headers, maxBytes });
    if (sent.ok && isPicture(sent.value)) return success(sent.value.body);
    const read = sent.ok ? this.read(sent.value) : sent;
    return failure(read.ok ? { reason: "garbled", detail: "no picture" } : this.site.explain(read.failure));
  }

  /**
   * Asks for a file, whose bytes go into a sink. The answer is a 200 or 206 of which that has taken the body to its end, or a
   * 416: there is nothing from the byte on that was asked for.
   */
  fetch(path: string, headers: Record<string, string>, into: BodySink): Result<HttpResponse, Failure> {
    const found = this.findAddress();
    if (!found.ok) return found;
    const all = { ...this.headers(), Accept: "*/*", ...headers };
    const request = { method: "GET", path: `/api${path}`, headers: all, deadlines: FILE_DEADLINES, into } as const;
    const sent = this.site.send(request);
    const answer = sent.ok ? this.readFile(sent.value) : sent;
    return answer.ok ? answer : failure(this.site.explain(answer.failure));
  }

  /** Of two addresses it has to be known which one answers: a file may be waited for so long that nothing can be tried twice. */
  private findAddress(): Result<true, Failure> {
    if (this.site.isSettled()) return success(true);
    const asked = this.get("/tome-sync/rating/0");
    return asked.ok || this.site.isSettled() ? success(true) : asked;
  }

  private readFile(response: HttpResponse): Result<HttpResponse, Failure> {
    const { status, stranger, isStreamed } = response;
    if (isStreamed === true) this.learnTime(response.headers);
    if (isStreamed === true || (status === BEYOND_THE_END && stranger === undefined)) return success(response);
    const read = this.read(response);
    return read.ok ? failure({ reason: "garbled", detail: "an answer instead of a file" }) : read;
  }

  /** The server's clock by the date of its last answer. */
  time(): ServerTime | undefined {
    return this.lastTime;
  }

  /** Whether anything answered yet, with a date or without. */
  hasAnswered(): boolean {
    return this.isAnswered;
  }

  private learnTime(headers: Readonly<Record<string, string>>): void {
    this.isAnswered = true;
    const date = parseHttpDate(headers["date"] ?? "");
    if (date === undefined) return;
    this.lastTime = { now: date, ahead: seconds(date - this.wire.now()) };
  }

  private headers(): Record<string, string> {
    return { Accept: "application/json", Authorization: `Bearer ${this.connection.key}` };
  }

  private send(request: SiteRequest): Result<TomeAnswer, Failure> {
    const sent = this.site.send(request);
    const answer = sent.ok ? this.read(sent.value) : sent;
    return answer.ok ? answer : failure(this.site.explain(answer.failure));
  }

  private read(response: HttpResponse): Result<TomeAnswer, Failure> {
    if (!isJson(response)) return failure({ ...foreign(response), ...this.pause(response) });
    this.learnTime(response.headers);
    const body = this.wire.json.decode(response.body);
    // The server acted, or not: its answer was cut off.
    if (!body.ok) return failure({ reason: "garbled", detail: body.failure, sent: true });
    if (response.status >= 200 && response.status < 300) {
      return success({ status: response.status, body: body.value });
    }
    const detail = detailOf(body.value);
    const reason = reasonOf(response.status, detail);
    return failure({ reason, detail, ...saidOf(body.value), ...this.pause(response) });
  }

  /** What a busy server or the proxy before it asks for. */
  private pause({ headers }: HttpResponse): { readonly retryAfter?: Seconds } {
    const pause = retryAfter(headers, this.wire.now());
    return pause === undefined ? {} : { retryAfter: pause };
  }
}

/** What is not JSON comes from a proxy, a portal or an older server: a 4xx of theirs is no verdict on the entry. */
function foreign({ status, headers, stranger }: HttpResponse): Failure {
  const type = headers["content-type"] ?? "no content type";
  const detail = `status ${status}, ${type}`;
  if (stranger !== undefined) return { reason: "garbled", detail: `${detail}, from ${stranger}`, movedTo: stranger };
  if (status === 405) return { reason: "unsupported", detail };
  // RFC 6585, 6: whoever stands between wants the reader to sign in.
  if (status === 511) return { reason: "portal", detail };
  if (status === 408 || status === 425 || status === 429) return { reason: "busy", detail };
  return { reason: status >= 500 ? "server" : "garbled", detail };
}
