import type { SessionRecord } from "./session";

/** What one connection takes for a session. */
export interface Validity {
  readonly minSeconds: number;
  readonly minPages: number;
  /** Whether both minimums must be reached, or either. */
  readonly demand: "both" | "either";
  /** Whether a sitting that ended where it began counts. */
  readonly allowsNoProgress: boolean;
}

/** Shorter sittings were an accident (Tome's own plugin draws the same line). */
export const DEFAULT_VALIDITY: Validity = { minSeconds: 10, minPages: 0, demand: "both", allowsNoProgress: true };

export function isValid(session: SessionRecord, validity: Validity): boolean {
  const isLong = session.duration >= validity.minSeconds;
  const hasPages = session.pageTurns >= validity.minPages;
  const hasProgress = validity.allowsNoProgress || session.progressEnd !== session.progressStart;
  return hasProgress && (validity.demand === "both" ? isLong && hasPages : isLong || hasPages);
}
