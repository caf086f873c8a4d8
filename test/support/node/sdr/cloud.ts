/** A folder of somebody else's: flat, forgetful, and without any promise but that names are names. */
export type Fault = "none" | "torn" | "ambiguous" | "lost";

export class Cloud {
  readonly files = new Map<string, string>();

  /** Whether the client believes that it worked. */
  put(name: string, bytes: string, fault: Fault): boolean {
    if (fault === "lost") return false;
    this.files.set(name, fault === "torn" ? bytes.slice(0, Math.floor(bytes.length / 2)) : bytes);
    return fault === "none";
  }

  /** `rotten` changes one letter on the way; the length stays. */
  get(name: string, fault: "none" | "torn" | "rotten" | "lost"): string | undefined {
    const bytes = this.files.get(name);
    if (bytes === undefined || fault === "lost") return undefined;
    if (fault === "torn") return bytes.slice(0, Math.floor(bytes.length * 0.7));
    // The last word of a reader in the file, or its last letter but two.
    const at = Math.max(bytes.lastIndexOf("word "), 0);
    return fault === "rotten" ? `${bytes.slice(0, at)}lord${bytes.slice(at + 4)}` : bytes;
  }

  list(): { name: string; length: number }[] {
    return [...this.files].map(([name, bytes]) => ({ name, length: bytes.length }));
  }
}
