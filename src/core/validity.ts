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

type Fields = Readonly<Record<string, unknown>>;

const LONGEST_SECONDS = 24 * 3600;
const MOST_PAGES = 10_000;

function countOf(value: unknown, most: number, fallback: number): number {
  return typeof value === "number" && value >= 0 && value <= most ? Math.floor(value) : fallback;
}

/** A rule as it stands in a file; what is absent or makes no sense is as usual. */
export function validityOf(stored: Fields): Validity {
  const usual = DEFAULT_VALIDITY;
  const demand = stored["demand"];
  const allowsNoProgress = stored["allowsNoProgress"];
  return {
    minSeconds: countOf(stored["minSeconds"], LONGEST_SECONDS, usual.minSeconds),
    minPages: countOf(stored["minPages"], MOST_PAGES, usual.minPages),
    demand: demand === "both" || demand === "either" ? demand : usual.demand,
    allowsNoProgress: typeof allowsNoProgress === "boolean" ? allowsNoProgress : usual.allowsNoProgress,
  };
}

/** Whether this connection takes a sitting for a session. With `either`, a minimum of 0 asks for nothing and is left out. */
export function isValid(session: SessionRecord, validity: Validity): boolean {
  const isLong = session.duration >= validity.minSeconds;
  const hasPages = session.pageTurns >= validity.minPages;
  if (!validity.allowsNoProgress && session.progressEnd === session.progressStart) return false;
  const isEither = validity.demand === "either" && validity.minSeconds > 0 && validity.minPages > 0;
  return isEither ? isLong || hasPages : isLong && hasPages;
}
