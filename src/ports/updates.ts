import type { VersionsHere } from "../core/active-version";
import type { Failure } from "../core/failure";
import type { Result } from "../core/result";
import type { UpdateSettings } from "../core/update-settings";
import type { Cancel } from "./scheduler";

/** A version that is newer than the one that runs. */
export interface Offer {
  readonly version: string;
  /** What changed; empty when nothing is said. */
  readonly notes: string;
  readonly bytes: number;
  /** The name of the server, or the release address. */
  readonly from: string;
  /** It needs another bootstrap: only a hand can install it. */
  readonly needsHand: boolean;
}

/** What came of looking. */
export interface Looked {
  /** The newest of what is offered, where that is newer than what runs. */
  readonly offer?: Offer;
  /** The newest that any source has, be it older than what runs; absent where none hands Ribbon out. */
  readonly newest?: string;
  /** Sources that could not be asked, by name. */
  readonly failures: readonly { readonly name: string; readonly failure: Failure }[];
  /** How many were asked. */
  readonly asked: number;
}

/** Told while a version comes. */
export interface InstallEvents {
  arrived(bytes: number): void;
  /** Once, at the end, unless it is cancelled. */
  done(result: Result<true, Failure>): void;
}

/** What the screen of updates shows, and what its taps do. */
export interface Updates {
  here(): VersionsHere;
  settings(): UpdateSettings;
  /** Changes what is given and leaves the rest. */
  save(changes: Partial<UpdateSettings>): void;
  /** What was found last, since KOReader started; nothing once it is installed. */
  offer(): Offer | undefined;
  /** Asks every server and the release address, in a worker; may ask for a network first. */
  look(done: (looked: Looked) => void): Cancel;
  /** Fetches and checks the offer and has the next start take it. */
  install(events: InstallEvents): Cancel;
  /** The version before, or the one that was given up, is the next start's. */
  change(to: "other" | "failed"): Result<true, Failure>;
  /** What runs is the next start's, too. */
  stay(): Result<true, Failure>;
}
