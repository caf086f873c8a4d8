import type { Actions } from "../ports/actions";
import type { LibraryPorts } from "../ports/library";
import type { SdrSync } from "../ports/sdr-sync";
import type { Overview } from "../ports/overview";
import type { Updates } from "../ports/updates";
import type { Upkeep } from "../ports/upkeep";

/** What every screen is given: what it can show, and what a tap on it can do. */
export interface Ports {
  readonly overview: Overview;
  readonly actions: Actions;
  /** Made when a library is first looked at, or something is downloaded. */
  library(): LibraryPorts;
  /** The sync of highlights; made when it is first looked at, or a folder was chosen. */
  sdr(): SdrSync;
  /** Newer and older versions of Ribbon. */
  updates(): Updates;
  /** What a reader does with Ribbon itself. */
  upkeep(): Upkeep;
}
