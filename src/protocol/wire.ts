import type { EpochSeconds } from "../core/units";
import type { Http } from "../ports/http";
import type { Json } from "../ports/json";
import type { UrlEncode } from "../ports/url-encode";

/** What every protocol is built on. */
export interface Wire {
  readonly http: Http;
  readonly json: Json;
  readonly encode: UrlEncode;
  /** The device's wall clock. */
  readonly now: (this: void) => EpochSeconds;
  /** What was learned before about the way to this server. */
  readonly way?: Way;
}

export interface Way {
  /** The address to begin with, of a connection that has two. */
  readonly first?: string;
  /** A page of the open internet whose text is known, to find out whether a Wi-Fi wants to be signed in to. */
  readonly openPage?: string;
}
