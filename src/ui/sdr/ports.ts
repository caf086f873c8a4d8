import type { Overview } from "../../ports/overview";
import type { SdrSync } from "../../ports/sdr-sync";

/** What the screens of the highlights' sync are given. */
export interface SdrPorts {
  readonly overview: Pick<Overview, "now">;
  readonly sdr: SdrSync;
  /** Closes the screens below: nothing is put into the book on screen while something lies over it. */
  leave?(this: void): void;
}
