import type { Failure } from "../../core/failure";
import { isPrivateHost } from "../../core/http/private-address";
import type { Url } from "../../core/http/url";
import { failure, type Result, success } from "../../core/result";
import type { Hashes } from "../../ports/hashes";
import type { Random } from "../../ports/random";
import { type Challenge, parseChallenges } from "./challenges";
import { type DigestTerms, digestHeader, strongest, termsOf } from "./digest";

/** How a server wants the password, to be kept for the next run: then its first request is not refused once more. */
export type KnownScheme =
  { readonly scheme: "basic" } | { readonly scheme: "digest"; readonly terms: DigestTerms; readonly count: number };

export interface Credentials {
  readonly user: string;
  readonly password: string;
  /** The reader was told that the password travels the internet in the open, and said yes. */
  readonly mayTravelOpenly?: boolean;
}

/** What signing in needs besides. */
export interface SignInTools {
  readonly hashes: Hashes;
  readonly random: Random;
}

/**
 * Says who we are, in the way that the server asks for: no password leaves before it has asked. Digest comes before Basic.
 * Basic over plain http stays within the house (loopback, private networks), unless the reader wants it otherwise.
 */
export class SignIn {
  constructor(
    private readonly credentials: Credentials,
    private readonly tools: SignInTools,
    private known?: KnownScheme,
  ) {}

  /** The value of `Authorization`, once it is known what it has to be. */
  header(method: string, url: Url): Result<string | undefined, Failure> {
    const { known } = this;
    if (known === undefined) return success(undefined);
    if (known.scheme === "basic") return this.basic(url);
    const count = known.count + 1;
    this.known = { ...known, count };
    const clientNonce = this.tools.random.uuid().split("-").join("");
    const request = { method, target: url.target, count, clientNonce };
    return success(digestHeader(known.terms, this.credentials, request, this.tools.hashes));
  }

  /**
   * Reads the challenges of a 401.
   * @param isFresh whether the refused request was signed by what an earlier 401 of the same call had asked for
   */
  learn(header: string, isFresh: boolean): Result<true, Failure> {
    const challenges = parseChallenges(header);
    const isStale = challenges.some(({ params }) => (params["stale"] ?? "").toLowerCase() === "true");
    if (isFresh && !isStale) return failure({ reason: "auth", detail: "the name or the password is wrong" });
    const next = chosen(challenges);
    if (next === undefined) return failure({ reason: "unsupported", detail: `a sign-in by ${header.slice(0, 80)}` });
    this.known = next;
    return success(true);
  }

  /** A server may hand out the nonce for the next request (RFC 7616, 3.5). */
  noteNext(info: string | undefined): void {
    const { known } = this;
    if (info === undefined || known?.scheme !== "digest") return;
    const [said] = parseChallenges(`info ${info}`);
    const nonce = said?.params["nextnonce"];
    if (nonce !== undefined) this.known = { ...known, terms: { ...known.terms, nonce }, count: 0 };
  }

  learnt(): KnownScheme | undefined {
    return this.known;
  }

  private basic(url: Url): Result<string, Failure> {
    const { user, password, mayTravelOpenly = false } = this.credentials;
    if (url.scheme === "http" && !mayTravelOpenly && !isPrivateHost(url.host))
      return failure({ reason: "tls", detail: "Basic without TLS, on the internet", inTheOpen: true });
    return success(`Basic ${this.tools.hashes.base64(`${user}:${password}`)}`);
  }
}

function chosen(challenges: readonly Challenge[]): KnownScheme | undefined {
  const terms = strongest(challenges.flatMap(each => termsOf(each) ?? []));
  if (terms !== undefined) return { scheme: "digest", terms, count: 0 };
  return challenges.some(({ scheme }) => scheme === "basic") ? { scheme: "basic" } : undefined;
}
