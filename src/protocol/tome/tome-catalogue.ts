import type { BookDetails, BookGroup, BookListKey, GroupList, ReadState } from "../../core/catalogue";
import type { Failure } from "../../core/failure";
import { failure, type Result, success } from "../../core/result";
import { pictureSize } from "../../core/picture-size";
import type { BookList, Catalogue } from "../../ports/server";
import type { UrlEncode } from "../../ports/url-encode";
import { UNREADABLE } from "./tome-books";
import { bookListOf, detailsOf, groupsOf } from "./tome-catalogue-codec";
import type { TomeAnswer, TomeClient } from "./tome-client";
import { versionOf } from "./tome-codec";

/** As many as anybody looks through on a small screen. */
const MOST_RECENT = 200;
const LARGEST_COVER_BYTES = 2 * 1024 * 1024;
/** Of a cover: KOReader takes three or four bytes for each while it draws it. */
const MOST_PIXELS = 12_000_000;

/** What Tome takes from a device; it keeps "shelved" and "wanted" for its own pages. */
const WRITABLE: readonly ReadState[] = ["unread", "reading", "read"];

/**
 * What Tome lists for devices. What is new, what comes next and what a book is about it tells to nobody with a plugin key:
 * there Shelf alone answers, below addresses that Tome does not have.
 */
export class TomeCatalogue implements Catalogue {
  constructor(
    private readonly client: TomeClient,
    private readonly encode: UrlEncode,
  ) {}

  groups(list: GroupList): Result<BookGroup[], Failure> {
    const answer = this.get(`/tome-sync/${list}`);
    return answer.ok ? groupsOf(list, answer.value.body) : answer;
  }

  books(list: BookListKey): Result<BookList, Failure> {
    const answer = this.get(this.pathOf(list));
    return answer.ok ? bookListOf(answer.value.body) : answer;
  }

  details(remoteId: string): Result<BookDetails, Failure> {
    const answer = this.get(`/tome-sync/books/${this.encode(remoteId)}`);
    if (!answer.ok) return answer;
    const details = detailsOf(answer.value.body);
    return details === undefined ? failure(UNREADABLE) : success(details);
  }

  /** Tome asks nobody for a key here, Shelf takes the device's. What is neither a JPEG nor a PNG, or huge, is no cover for us. */
  cover(remoteId: string): Result<string | undefined, Failure> {
    const answer = this.client.getPicture(`/books/${this.encode(remoteId)}/cover`, LARGEST_COVER_BYTES);
    if (!answer.ok) return answer.failure.reason === "missing" ? success(undefined) : this.explained(answer.failure);
    return success(isPicture(answer.value) ? answer.value : undefined);
  }

  mark(remoteId: string, state: ReadState): Result<true, Failure> {
    if (!WRITABLE.includes(state)) return failure({ reason: "unsupported", detail: `no device can set ${state}` });
    const answer = this.client.sendJson("PUT", `/tome-sync/status/${this.encode(remoteId)}`, { status: state });
    return answer.ok ? success(true) : answer;
  }

  private pathOf(list: BookListKey): string {
    switch (list.kind) {
      case "recent":
        return `/tome-sync/recent?limit=${MOST_RECENT}`;
      case "up-next":
        return "/tome-sync/up-next";
      case "series-books":
        return `/tome-sync/series/${this.encode(list.id)}`;
      case "author-books":
        return `/tome-sync/author-books?author=${this.encode(list.id)}`;
      case "shelf-books":
        return `/tome-sync/shelf-books?shelf_id=${this.encode(list.id)}`;
      case "search":
        return `/tome-sync/search?q=${this.encode(list.words)}`;
    }
  }

  private get(path: string): Result<TomeAnswer, Failure> {
    const answer = this.client.get(path);
    return answer.ok ? answer : this.explained(answer.failure);
  }

  /** Tome answers a GET that it does not know with its web page: if it speaks as itself elsewhere, that is what it means. */
  private explained(found: Failure): Result<never, Failure> {
    if (found.reason !== "garbled" || found.movedTo !== undefined || found.sent === true) return failure(found);
    const health = this.client.get("/health");
    const version = health.ok ? versionOf(health.value.body) : undefined;
    return failure(version === undefined ? found : { reason: "unsupported", detail: "an unknown address", version });
  }
}

/** By its bytes: Tome calls every cover a JPEG, and a few of them can say that they are larger than a device's memory. */
function isPicture(bytes: string): boolean {
  const size = pictureSize(bytes);
  return size !== undefined && size.width * size.height <= MOST_PIXELS;
}
