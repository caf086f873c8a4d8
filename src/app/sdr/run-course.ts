import type { Failure } from "../../core/failure";
import type { SdrStep } from "../../ports/sdr-sync";
import type { Account } from "./account";
import type { RunEnd, RunListener, RunOrder } from "./order";
import type { Steps } from "./steps";
import type { SdrTools } from "./tools";

/** What the exchanges of a run cost, so far. */
export interface Traffic {
  requests: number;
  bytesIn: number;
  bytesOut: number;
}

/** What the phases of one run share. */
export interface RunCourse {
  readonly tools: SdrTools;
  readonly order: RunOrder;
  /** The folder, as the store names it. */
  readonly target: string;
  readonly account: Account;
  readonly steps: Steps;
  readonly listener: RunListener;
  readonly traffic: Traffic;
  readonly tell: (this: void, step: SdrStep, done: number, of: number) => void;
  readonly fail: (this: void, failure: Failure) => void;
  readonly end: (this: void, end: RunEnd) => void;
}
