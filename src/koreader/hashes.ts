import sha2 = require("ffi/sha2");
import type { Hashes } from "../ports/hashes";

/** In Lua, without a library of the system: some 10 MB/s on a desktop core, so for short texts and for a worker. */
export const hashes: Hashes = {
  md5: text => sha2.md5(text),
  sha256: text => sha2.sha256(text),
  base64: bytes => sha2.bin_to_base64(bytes),
};
