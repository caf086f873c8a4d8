/** What names from other devices must look like. They become keys in tables, never parts of paths. */

function consistsOf(text: string, allowed: string): boolean {
  let index = 0;
  while (index < text.length) {
    if (!allowed.includes(text.charAt(index))) return false;
    index += 1;
  }
  return true;
}

const HEX = "0123456789abcdef";
const LOWER = "abcdefghijklmnopqrstuvwxyz";
const UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

export function isHex(text: string, length: number): boolean {
  return text.length === length && consistsOf(text, HEX);
}

export function isDigits(text: string): boolean {
  return text !== "" && consistsOf(text, "0123456789");
}

/** Eighty bits of a hash. */
export function isUid(text: string): boolean {
  return isHex(text, 20);
}

export function bookIdOf(digest: string): string {
  return `md5:${digest}`;
}

/** `md5:` and KOReader's partial digest; `links` holds what readers said about which books are one. */
export function isBookId(text: string): boolean {
  return text === "links" || (text.startsWith("md5:") && isHex(text.slice(4), 32));
}

/** `summary.status`, `place.<device>`: a field of any kind, also of kinds that a newer version knows. */
export function isFieldName(text: string): boolean {
  return text.length <= 120 && text.indexOf(".") > 0 && consistsOf(text, `${LOWER}${UPPER}0123456789_.`);
}
