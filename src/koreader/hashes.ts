import sha2 = require("ffi/sha2");
import util = require("util");
import type { Hashes, SlowHash } from "../ports/hashes";

/** In Lua, without a library of the system: some 10 MB/s on a desktop core, so for short texts and for a worker. */
export const hashes: Hashes = {
  md5: text => sha2.md5(text),
  sha256: text => sha2.sha256(text),
  base64: bytes => sha2.bin_to_base64(bytes),
};

/** For what is too long to be hashed at once on the loop. */
export function sha256InPieces(): SlowHash {
  let pieces = sha2.sha256();
  return {
    add: (text: string) => {
      pieces = pieces(text);
    },
    hex: () => pieces(),
  };
}

/** KOReader's partial MD5 of a file as it is now: 12 KiB of it are read. */
export const partialMd5 = (file: string): string | undefined => util.partialMD5(file);
