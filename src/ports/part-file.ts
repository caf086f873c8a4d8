import type { Failure } from "../core/failure";
import type { Result } from "../core/result";

/** A file that is being fetched, under a temporary name beside its place. Blocking: for a worker. */
export interface PartFile {
  /** How many bytes are here from an earlier try. */
  size(): number;
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
