import { type Address, addressesOf } from "../core/addresses";
import type { Connection } from "../core/connection";
import { type ExtraHeader, headersOf } from "../core/extra-headers";
import { type Failure, failedAt, type Reason } from "../core/failure";
import type { Deadlines } from "../core/http/deadlines";
import { failure, type Result } from "../core/result";
import { seconds } from "../core/units";
import type { HttpRequest, HttpResponse } from "../ports/http";
import { OpenInternet } from "./open-internet";
import type { Wire } from "./wire";

/** A request to a server, wherever that is: what a connection adds is not the caller's matter. */
export type SiteRequest = Pick<HttpRequest, "method" | "headers" | "body" | "maxBytes" | "deadlines" | "into"> & {
  /** After the address, with its slash. */
  readonly path: string;
};

/** Together no longer than one request to one address. */
const FIRST_OF_TWO: Partial<Deadlines> = {
  connect: seconds(5),
  firstByte: seconds(10),
  total: seconds(18),
};
const SECOND_OF_TWO: Partial<Deadlines> = { connect: seconds(8), total: seconds(22) };

/** There is no way to this address, from here and now; the one that says most comes first. */
const NO_WAY: readonly Reason[] = ["clock", "tls", "timeout", "refused", "dns", "offline"];

/**
 * The place of a server: its one address or two. Until one of them has answered, the other is tried where the first leads
 * nowhere; from then on that one is kept to. A request that may have been acted upon goes nowhere else.
 */
export class Site {
  /** The address that answered. */
  address: string | undefined;
  private readonly internet: OpenInternet;
  /** What a hand has put into the settings file and cannot be sent is left out. */
  private readonly extraHeaders: readonly ExtraHeader[];

  /** @param isOurs whether an answer can be the server's own: in another network the address may be anybody's */
  constructor(
    private readonly connection: Connection,
    private readonly wire: Wire,
    private readonly isOurs: (response: HttpResponse) => boolean,
  ) {
    this.internet = new OpenInternet(wire);
    this.extraHeaders = headersOf(connection.headers ?? []);
  }

  send(request: SiteRequest): Result<HttpResponse, Failure> {
    const addresses = addressesOf(this.connection, this.address ?? this.wire.way?.first);
    const [first, second] = addresses;
    if (first === undefined) return failure({ reason: "offline", detail: "a connection without an address" });
    if (second === undefined || this.address !== undefined) return this.kept(this.ask(first, request), first);
    const early = this.kept(this.ask(first, request, FIRST_OF_TWO), first);
    if (!this.mayTurn(request, early)) return early;
    const late = this.kept(this.ask(second, request, SECOND_OF_TWO), second);
    return late.ok && this.isOurs(late.value) ? late : moreTelling(early, late);
  }

  /** Whether a request goes to one address only, so that it may take its time. */
  isSettled(): boolean {
    return this.address !== undefined || addressesOf(this.connection, undefined).length < 2;
  }

  /** Why a server did not answer as itself, once the network between was looked at. */
  explain(found: Failure): Failure {
    return this.internet.explain(found);
  }

  private ask(address: Address, request: SiteRequest, deadlines = request.deadlines): Result<HttpResponse, Failure> {
    const { method, path, headers, body, maxBytes, into } = request;
    const extra = Object.fromEntries(this.extraHeaders.map(({ name, value }) => [name, value]));
    const sent = this.wire.http.send({
      method,
      url: `${address.url}${path}`,
      headers: { ...extra, ...headers },
      ...(body === undefined ? {} : { body }),
      ...(maxBytes === undefined ? {} : { maxBytes }),
      ...(deadlines === undefined ? {} : { deadlines }),
      ...(into === undefined ? {} : { into }),
      ...(address.pin === undefined ? {} : { trust: { pin: address.pin } }),
    });
    return sent.ok ? sent : failure(failedAt(sent.failure, address.url));
  }

  private kept(sent: Result<HttpResponse, Failure>, { url }: Address): Result<HttpResponse, Failure> {
    if (sent.ok && this.isOurs(sent.value)) this.address = url;
    return sent;
  }

  /** Whether the other address may be tried instead. */
  private mayTurn({ method }: SiteRequest, early: Result<HttpResponse, Failure>): boolean {
    if (early.ok) return method === "GET" && !this.isOurs(early.value);
    const { reason, sent, movedTo } = early.failure;
    if (sent === true && method !== "GET") return false;
    return NO_WAY.includes(reason) || movedTo !== undefined;
  }
}

/** Of two attempts of which neither reached the server. Somebody's page says less than a server that shows its certificate. */
function moreTelling(
  early: Result<HttpResponse, Failure>,
  late: Result<HttpResponse, Failure>,
): Result<HttpResponse, Failure> {
  const rank = (attempt: Result<HttpResponse, Failure>): number => {
    const at = attempt.ok ? -1 : NO_WAY.indexOf(attempt.failure.reason);
    return at < 0 ? 1.5 : at;
  };
  return rank(late) < rank(early) ? late : early;
}
