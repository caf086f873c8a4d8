import { createHash, randomBytes } from "node:crypto";

/** The digest under which a key or token is stored: SHA-256 of the whole string, in hex. */
export function digestOf(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}

/** A new plugin key: `tk_` and 40 hex digits, as Tome 2.3 makes them. */
export function newPluginKey(): string {
  return `tk_${randomBytes(20).toString("hex")}`;
}

/** What may be shown of a key: its first eleven characters. */
export function prefixOf(key: string): string {
  return key.slice(0, 11);
}

/** Whether an Authorization header holds a plugin key, good or not. */
export function isPluginKey(authorization: string | undefined): boolean {
  return authorization?.startsWith("Bearer tk_") === true;
}
