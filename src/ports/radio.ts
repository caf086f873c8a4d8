/** The device's Wi-Fi, borrowed for a moment and put back as it was. */
export interface Radio {
  /** Whether this device can switch Wi-Fi on without holding the reader up meanwhile. */
  isSwitchable(): boolean;
  /** Off, and nobody is switching it on. */
  isOff(): boolean;
  /** Returns at once. `connected` is told when there is a connection, and never when there is none to be had. */
  borrow(connected: () => void): void;
  /** Off again; KOReader believes of it what it did before. */
  putBack(): void;
  /** Somebody else wants it, or has switched it off: it stays as it is now. */
  leave(): void;
  /** KOReader brings it back by itself after sleep, as the reader had it. */
  isRestoredAfterSleep(): boolean;
}
