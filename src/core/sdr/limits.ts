/** What a text from outside may cost us. Lengths in bytes. */
export interface Limits {
  readonly bytes: number;
  readonly depth: number;
  /** Keys and values together. */
  readonly nodes: number;
  /** One string. */
  readonly string: number;
}

/** A sidecar of 2,000 highlights has 1.3 MB and 50,000 nodes. */
export const SIDECAR_LIMITS: Limits = { bytes: 16 * 1024 * 1024, depth: 24, nodes: 400_000, string: 1024 * 1024 };
/** A line of ours, which we keep below 128 KiB where one highlight alone is not longer. */
export const LINE_LIMITS: Limits = { bytes: 4 * 1024 * 1024, depth: 32, nodes: 200_000, string: 1024 * 1024 };

export type Unreadable = "too-long" | "too-deep" | "too-many" | "string-too-long" | "not-data";

/** Why a text was not read, and after how many bytes. */
export interface ReadFailure {
  readonly reason: Unreadable;
  readonly at: number;
}
