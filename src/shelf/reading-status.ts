export const STATUSES = ["unread", "reading", "read", "shelved", "want_to_read"] as const;
export type Status = (typeof STATUSES)[number];

/** How far a user is with a book. */
export interface Standing {
  readonly status: Status;
  /** 0 to 1; null = never reported. */
  readonly progressPct: number | null;
  /** The web reader's locator. */
  readonly cfi: string | null;
  /** ISO-8601, UTC. */
  readonly finishedAt: string | null;
}

export interface ProgressReport {
  /** 0 to 1; a session may send more. */
  readonly percentage: number;
  /** A session's end never takes progress back; a position does. */
  readonly monotonic: boolean;
  /** ISO-8601, UTC. */
  readonly at: string;
}

/** How a user stands with a book of which nothing is known. */
export const NEVER_OPENED: Standing = { status: "unread", progressPct: null, cfi: null, finishedAt: null };

const FINISHED = 0.99;

/**
 * What a report of progress makes of a standing, as in Tome 2.3: 99 % finishes a book, a finished book stays so until
 * its status is changed on purpose, and a shelved one is not taken off its shelf by leafing through it.
 */
export function advance(before: Standing | undefined, report: ProgressReport): Standing {
  if (before?.status === "read") return before;
  const cfi = before?.cfi ?? null;
  if (report.percentage >= FINISHED) return { status: "read", progressPct: 1, cfi, finishedAt: report.at };
  return {
    status: statusBelowFinish(before?.status ?? "unread", report.percentage),
    progressPct: progressAfter(before?.progressPct ?? null, report),
    cfi,
    finishedAt: before?.finishedAt ?? null,
  };
}

function statusBelowFinish(status: Status, percentage: number): Status {
  return (status === "unread" || status === "want_to_read") && percentage > 0 ? "reading" : status;
}

function progressAfter(before: number | null, report: ProgressReport): number {
  return report.monotonic && before !== null ? Math.max(before, report.percentage) : report.percentage;
}
