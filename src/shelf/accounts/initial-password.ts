import { randomInt } from "node:crypto";

/** Letters and digits that cannot be mistaken for each other. */
const ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789";

/** A password to be read out once and changed at the first use: `k7mp-3xqt-9abd`, 59 bits. */
export function initialPassword(): string {
  const group = () => Array.from({ length: 4 }, () => ALPHABET.charAt(randomInt(ALPHABET.length))).join("");
  return [group(), group(), group()].join("-");
}
