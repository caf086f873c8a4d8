import type { SetUpCode } from "../accounts/set-up";
import type { Context } from "../tome/context";

/** What the pages work with: what the API's routes have, and what only they need. */
export interface WebContext extends Context {
  readonly setUpCode: SetUpCode;
  /** The address that readers use, when it cannot be seen from a request. */
  readonly baseUrl: string | undefined;
  /** Whether other computers can reach this one, as far as it listens to them. */
  readonly isOpen: boolean;
}
