/** Plugins that do what we do, and would do it a second time. */
export interface Neighbours {
  /** TomeSync is loaded: it sends sessions too. */
  hasTomeSync(): boolean;
  /** KOReader's own progress sync is set to work by itself: it moves the page too. */
  movesPages(): boolean;
}

/** What TomeSync keeps on this device, as it stands there: any of it may be missing or make no sense. */
export interface TomeSyncState {
  readonly url?: string;
  readonly key?: string;
  readonly bookMap: unknown;
  readonly pendingSessions: unknown;
}

/** What came of taking over: so much that was not here before. */
export interface TakenOver {
  /** The name of the server; absent when there was no address and key to be found. */
  readonly server?: string;
  readonly books: number;
  readonly sessions: number;
}
