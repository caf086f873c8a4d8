import type { Match, RemoteBook } from "../../core/book";
import type { Failure } from "../../core/failure";
import { failure, type Result, success } from "../../core/result";
import type { Books } from "../../ports/server";
import type { UrlEncode } from "../../ports/url-encode";
import type { TomeClient } from "./tome-client";
import { booksOf, digestMatchesOf, matchOf } from "./tome-codec";

export const UNREADABLE: Failure = { reason: "garbled", detail: "an answer of another shape" };

/** Tome 2.3 looks at the first 500 digests of a request and drops the others without a word. */
const DIGESTS_AT_ONCE = 500;

export class TomeBooks implements Books {
  constructor(
    private readonly client: TomeClient,
    private readonly encode: UrlEncode,
  ) {}

  resolve(fileName: string, digest: string): Result<Match | undefined, Failure> {
    const answer = this.client.get(`/tome-sync/resolve?filename=${this.encode(fileName)}&ko_md5=${digest}`);
    if (!answer.ok) return answer.failure.reason === "missing" ? success(undefined) : answer;
    const match = matchOf(answer.value.body);
    return match === undefined ? failure(UNREADABLE) : success(match);
  }

  matchDigests(digests: readonly string[]): Result<ReadonlyMap<string, Match>, Failure> {
    const found = new Map<string, Match>();
    let rest = digests;
    while (rest.length > 0) {
      const hashes = rest.slice(0, DIGESTS_AT_ONCE);
      rest = rest.slice(DIGESTS_AT_ONCE);
      const answer = this.client.sendJson("POST", "/tome-sync/match-hashes", { hashes });
      if (!answer.ok) return answer;
      for (const [digest, match] of digestMatchesOf(answer.value.body, hashes)) found.set(digest, match);
    }
    return success(found);
  }

  /** Tome tells a title only in lists: the series of a book is the shortest that it is in. */
  describe(remoteId: string): Result<RemoteBook | undefined, Failure> {
    const answer = this.client.get(`/tome-sync/series/${remoteId}`);
    if (!answer.ok) return answer.failure.reason === "missing" ? success(undefined) : answer;
    return success(booksOf(answer.value.body).find(book => book.remoteId === remoteId));
  }

  search(words: string): Result<RemoteBook[], Failure> {
    const answer = this.client.get(`/tome-sync/search?q=${this.encode(words)}`);
    return answer.ok ? success(booksOf(answer.value.body)) : answer;
  }
}
