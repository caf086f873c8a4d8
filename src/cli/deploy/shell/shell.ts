import type { Answer } from "./answers";

/** A shell on a device, reached in one way or another. Each method throws a DeployProblem when the way is lost. */
export interface Shell {
  /** "root@192.168.1.20". */
  readonly name: string;
  /** Runs a script that ends with the answer `end`. */
  ask(script: string): Promise<readonly Answer[]>;
  /** Runs a script to its end, with `input` for the command in it that asks for it by `ready`; `sent` hears how much is on its way. */
  run(script: string, input: Uint8Array | undefined, on: Listener): Promise<readonly Answer[]>;
  close(): void;
}

export interface Listener {
  /** Bytes of the input. */
  sent(bytes: number): void;
  answer(answer: Answer): void;
}
