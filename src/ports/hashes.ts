/** Digests as lower-case hex, of the bytes of a text. */
export interface Hashes {
  md5(text: string): string;
  sha256(text: string): string;
  base64(bytes: string): string;
}
