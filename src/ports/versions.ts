import type { FailedAt, VersionsHere } from "../core/active-version";
import type { Failure } from "../core/failure";
import type { Result } from "../core/result";

/** The versions of Ribbon on this device, and which of them runs. Each call is some system calls: quick enough for a tap. */
export interface Versions {
  here(): VersionsHere;
  /** The number of the bootstrap, which only a hand can replace. */
  bootstrap(): number;
  /** What a worker has unpacked takes over with the next start, on trial. */
  activate(version: string): Result<true, Failure>;
  /** `other` or `failed` takes over with the next start, on trial. */
  change(to: "other" | "failed"): Result<true, Failure>;
  /** The version that runs is the next start's, too. */
  stay(): Result<true, Failure>;
  /** The version that runs is well. */
  confirm(): Result<true, Failure>;
  /** The version that runs is not: the one before takes its place with the next start. */
  giveUp(why: FailedAt): void;
  /** The reader was told of `failed`. */
  told(): void;
  /** Removes one file, or one empty folder, of what no start needs any more; false when there is none left. */
  tidy(isUnpacking: boolean): boolean;
}
