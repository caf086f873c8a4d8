import type { RemotePosition } from "../core/position";
import type { EpochSeconds, Fraction } from "../core/units";

/** A question whether to go to where another device was. */
export interface JumpQuestion {
  readonly title: string;
  readonly here: Fraction;
  readonly there: RemotePosition;
  readonly now: EpochSeconds;
}

/** Questions that need an answer. Only where the reader chose to be asked. */
export interface Prompts {
  /** `accept` is called when the reader says yes; otherwise nothing is. */
  jump(question: JumpQuestion, accept: () => void): void;
}
