/** What can be switched when Shelf starts. */
export interface ShelfSettings {
  /** Whether an unknown address gets a web page with status 200, as from a Tome with its web interface; else 404. */
  readonly webUi: boolean;
  /** Whether books can be sent to the inbox of e-readers. */
  readonly sendToKoreader: boolean;
  /** Whether a place that a KOSync client pushed counts as the reader's place when it is the newer one. */
  readonly kosyncPositionBridge: boolean;
}

export const DEFAULT_SETTINGS: ShelfSettings = { webUi: true, sendToKoreader: true, kosyncPositionBridge: false };
