import type { Failure } from "../core/failure";

/** Runs in a forked copy of KOReader: blocking work only, no widgets, no store. Tells the parent by `tell`, in order. */
export type Job<Message extends object> = (tell: (message: Message) => void) => void;

export interface JobEvents<Message extends object> {
  onMessage(message: Message): void;
  /** Exactly once, after the last message; with a failure when the worker died or was stopped at its deadline. */
  onEnd(failure: Failure | undefined): void;
}

export interface RunningJob {
  /** Kills the worker; `onEnd` is told `cancelled`. */
  cancel(): void;
}

/** Work on the loop that is done while the loop waits for workers. */
export interface Meanwhile {
  /** Whether there still is a reason to wait. */
  isOn(): boolean;
  /** Does some of it; false when there is nothing to be done now. */
  work(): boolean;
}

/** Work that may block, outside the main loop. */
export interface Workers {
  run<Message extends object>(job: Job<Message>, deadlineSeconds: number, events: JobEvents<Message>): RunningJob;
  /**
   * Holds the main loop until nothing runs any more, or nothing of what is done meanwhile is left, for so many seconds at most. Only for
   * the last moment with a network: everything else waits for its turn.
   */
  waitForAll(mostSeconds: number, meanwhile?: Meanwhile): void;
  /** Kills and reaps all that runs, without telling anyone: the last act before KOReader ends. */
  stopAll(): void;
}
