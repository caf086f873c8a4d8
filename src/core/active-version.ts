/** At what a version was given up: it could not be marked as begun, it did not load, nobody confirmed it, it made a mistake. */
export type FailedAt = "mark" | "load" | "start" | "mistake";

/** What `active.txt` in the plugin's folder says: main.lua acts on it before anything else of ours runs. */
export interface ActiveVersion {
  /** The folder below `updates/` that runs; absent: what was installed by hand. */
  readonly run?: string;
  /** The one that ran before, for when that does not; absent: what was installed by hand. */
  readonly before?: string;
  /** `run` was not started yet, or was and is not confirmed: a start that finds it so goes back to `before`. */
  readonly trial?: "new" | "started";
  /** The folder that was given up; `root` for what was installed by hand. */
  readonly failed?: string;
  /** Until the reader was told. */
  readonly why?: FailedAt;
}

/** What of Ribbon lies on this device, by version. */
export interface VersionsHere {
  readonly running: string;
  /** It runs for the first time, and is not confirmed yet. */
  readonly isOnTrial: boolean;
  /** The one that the next start of KOReader takes, where that is another one. */
  readonly next?: string;
  /** The one to which the reader can change. */
  readonly other?: string;
  /** The one that was given up, and at what until the reader was told; it may be tried again. */
  readonly failed?: { readonly version: string; readonly why?: FailedAt };
}
