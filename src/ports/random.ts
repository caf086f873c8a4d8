export interface Random {
  /** A new UUID with dashes, 36 characters. */
  uuid(): string;
  /** From 0 up to, not including, 1. */
  fraction(): number;
}
