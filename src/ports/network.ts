export interface Network {
  /** True when there is a connection now; never asks for one and never waits. */
  isConnected(): boolean;
  /** The device is on its way to sleep, and takes the network away for that. */
  isFallingAsleep(): boolean;
  /** Asks for a connection, with KOReader's own question and messages, and runs `task` when there is one. Only for a tap. */
  whenConnected(task: () => void): void;
}
