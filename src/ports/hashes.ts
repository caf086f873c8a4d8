/** Digests as lower-case hex, of the bytes of a text. */
export interface Hashes {
  md5(text: string): string;
  sha256(text: string): string;
  base64(bytes: string): string;
}

/** A SHA-256 made piece by piece. */
export interface SlowHash {
  add(text: string): void;
  hex(): string;
}
