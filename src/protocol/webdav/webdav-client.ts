import { headersOf, type ExtraHeader } from "../../core/extra-headers";
import { type Failure, failedAt } from "../../core/failure";
import type { Deadlines } from "../../core/http/deadlines";
import { originOf, parseUrl } from "../../core/http/url";
import { failure, type Result, success } from "../../core/result";
import { seconds } from "../../core/units";
import type { HttpRequest, HttpResponse } from "../../ports/http";
import { OpenInternet } from "../open-internet";
import type { Wire } from "../wire";
import { type Credentials, type KnownScheme, SignIn, type SignInTools } from "./sign-in";

/** A WebDAV server and who we are there. */
export interface WebDavAccount extends Credentials {
  /** http or https, with the path that the server gives its users; percent-encoded where that is needed. */
  readonly url: string;
  /** SHA-256 of the only certificate that is trusted. */
  readonly pin?: string;
  /** For a proxy before the server. */
  readonly headers?: readonly ExtraHeader[];
}

export interface DavRequest extends Pick<HttpRequest, "method" | "headers" | "body" | "maxBytes" | "into"> {
  readonly url: string;
}

/** A slow upstream of a home takes this long for a byte or two thousand of them: Koofr took 4 min for 1.9 MB from a Kobo. */
const SLOWEST_BYTES_PER_SECOND = 4000;
const LONGEST_TOTAL = 300;
/** The first, one that answers the challenge, one more when a nonce has grown old in between. */
const MOST_TRIES = 3;

/** Requests to one server, signed as it asks for. Any answer is given as it is; a 401 once it cannot be helped. */
export class WebDavClient {
  private readonly signIn: SignIn;
  private readonly internet: OpenInternet;
  private readonly extraHeaders: readonly ExtraHeader[];

  constructor(
    private readonly account: WebDavAccount,
    readonly wire: Wire,
    tools: SignInTools,
    known?: KnownScheme,
  ) {
    this.signIn = new SignIn(account, tools, known);
    this.internet = new OpenInternet(wire);
    this.extraHeaders = headersOf(account.headers ?? []);
  }

  /** How the server wants the password, for the next run. */
  learnt(): KnownScheme | undefined {
    return this.signIn.learnt();
  }

  send(request: DavRequest): Result<HttpResponse, Failure> {
    let answer = this.once(request);
    let tries = 1;
    while (answer.ok && answer.value.status === 401 && tries < MOST_TRIES) {
      const learnt = this.signIn.learn(answer.value.headers["www-authenticate"] ?? "", tries > 1);
      if (!learnt.ok) return failure({ ...learnt.failure, at: request.url });
      answer = this.once(request);
      tries += 1;
    }
    return answer;
  }

  /** A Wi-Fi that answers for every host is told apart from a server that answers badly. */
  explain(found: Failure): Failure {
    return this.internet.explain(found);
  }

  private once(request: DavRequest): Result<HttpResponse, Failure> {
    const url = parseUrl(request.url);
    if (!url.ok) return failure({ reason: "unsupported", detail: url.failure, at: request.url });
    const signed = this.signIn.header(request.method, url.value);
    if (!signed.ok) return failure({ ...signed.failure, at: originOf(url.value) });
    const extra = Object.fromEntries(this.extraHeaders.map(({ name, value }) => [name, value]));
    const authorization = signed.value === undefined ? {} : { Authorization: signed.value };
    const { pin } = this.account;
    const sent = this.wire.http.send({
      ...request,
      headers: { ...extra, ...request.headers, ...authorization },
      deadlines: deadlinesFor(request),
      ...(pin === undefined ? {} : { trust: { pin } }),
    });
    if (!sent.ok) return failure(failedAt(sent.failure, originOf(url.value)));
    this.signIn.noteNext(sent.value.headers["authentication-info"]);
    return success(sent.value);
  }
}

/** What is sent, and what may come, takes its time; a server that stores it may take some more before it answers. */
function deadlinesFor({ body = "", maxBytes = 0 }: DavRequest): Partial<Deadlines> {
  const moving = (body.length + maxBytes) / SLOWEST_BYTES_PER_SECOND;
  return { firstByte: seconds(30), total: seconds(Math.min(LONGEST_TOTAL, 60 + moving)) };
}
