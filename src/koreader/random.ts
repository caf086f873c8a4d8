import random = require("random");
import type { Random } from "../ports/random";

const UUID_BYTES = 16;

/** Bytes that no other device has; nothing where the system has no such source. */
function entropy(bytes: number): string | undefined {
  const [source] = io.open("/dev/urandom", "rb");
  const drawn = source?.read(bytes);
  source?.close();
  return drawn;
}

function hexOf(bytes: string): string {
  const [hex] = string.gsub(bytes, ".", byte => string.format("%02x", string.byte(byte)));
  return hex;
}

/** `aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee` of 32 hex digits. */
function dashed(hex: string): string {
  const parts = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)];
  return parts.join("-");
}

/**
 * KOReader seeds its own generator with the second in which it started: two readers switched on in one second would give
 * their sessions the same ids, and the server would take the second one's for a repetition.
 */
export const chance: Random = {
  uuid: () => {
    const bytes = entropy(UUID_BYTES);
    return bytes === undefined ? random.uuid(true) : dashed(hexOf(bytes));
  },
  fraction: () => math.random(),
};
