import type { Attempts } from "../accounts/attempts";
import type { SetUpCode } from "../accounts/set-up";
import type { Context } from "../tome/context";

/** What the pages work with: what the API's routes have, and what only they need. */
export interface WebContext extends Context {
  readonly setUpCode: SetUpCode;
  /** Failed attempts to get in. */
  readonly attempts: Attempts;
  /** The address that readers use, when it cannot be seen from a request. */
  readonly baseUrl: string | undefined;
}
