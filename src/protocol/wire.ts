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
}
