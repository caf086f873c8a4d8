import type { Overview } from "../../ports/overview";
import type { SdrSync } from "../../ports/sdr-sync";

/** What the screens of the highlights' sync are given. */
export interface SdrPorts {
  readonly overview: Pick<Overview, "now">;
  readonly sdr: SdrSync;
  /** Closes the screens below: before KOReader loads the book again, which would leave them under it. */
  leave?(this: void): void;
}
