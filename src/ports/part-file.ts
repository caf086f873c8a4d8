import type { Failure } from "../core/failure";
import type { Result } from "../core/result";

/** A file that is being fetched, under a temporary name beside its place. Blocking: for a worker. */
export interface PartFile {
  /** Names this run of the system; nothing where it has no name. */
  boot(): string | undefined;
  /**
   * How many bytes of an earlier try are here for sure. `boot`: in which run of the system that was; what an earlier one did not
   * sync may be gone, although the file is as long as it was.
   */
  kept(boot: string | undefined): number;
  /** Everything from here on is thrown away; the next piece goes there. Opens the file, makes its folder where it is missing. */
  beginAt(offset: number): Result<true, Failure>;
  write(bytes: string): Result<true, Failure>;
  /** On disk when it returns; closed. */
  sync(): Result<true, Failure>;
  /** Bytes that the place has room for; absent where the system does not tell. */
  room(): number | undefined;
  /** KOReader's partial MD5 of what is here: 32 lower-case hex digits. */
  digest(): Result<string, Failure>;
}
