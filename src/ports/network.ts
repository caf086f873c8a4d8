export interface Network {
  /** True when there is a connection now; never asks for one and never waits. */
  isConnected(): boolean;
  /** Asks for a connection, with KOReader's own question and messages, and runs `task` when there is one. Only for a tap. */
  whenConnected(task: () => void): void;
}
