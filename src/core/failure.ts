import type { Seconds } from "./units";

/** Why something that went over a network did not work: a closed set, whatever the server or the transport. */
export type Reason =
  | "offline"
  | "dns"
  | "refused"
  | "timeout"
  | "tls"
  | "clock"
  | "auth"
  | "forbidden"
  | "missing"
  | "unsupported"
  | "conflict"
  | "rejected"
  | "busy"
  | "server"
  | "garbled"
  | "disk"
  | "cancelled";

/** A reason, and the server's or the library's own words for it where there are any (for the log, never for a decision). */
export interface Failure {
  readonly reason: Reason;
  readonly detail?: string;
  /** True when the request may have reached the server although no answer came: whether it acted is unknown. */
  readonly sent?: boolean;
  /** The server asks not to be tried again before this time has passed. */
  readonly retryAfter?: Seconds;
  /** SHA-256 of the certificate that was not trusted, in hex: what the reader compares before trusting it. */
  readonly fingerprint?: string;
}

/**
 * What becomes of work that failed:
 * `retry` the same later, `park` it for the reader to see, `ask` the reader before anything else is sent.
 */
export type NextStep = "retry" | "park" | "ask";

const NEXT: Readonly<Record<Reason, NextStep>> = {
  offline: "retry",
  dns: "retry",
  refused: "retry",
  timeout: "retry",
  tls: "ask",
  clock: "ask",
  auth: "ask",
  forbidden: "park",
  missing: "park",
  unsupported: "park",
  conflict: "retry",
  rejected: "park",
  busy: "retry",
  server: "retry",
  garbled: "retry",
  disk: "ask",
  cancelled: "retry",
};

export function nextStep(reason: Reason): NextStep {
  return NEXT[reason];
}

/** True when the whole server is out of reach, so that the next entry would fail for the same reason. */
export function concernsServer(reason: Reason): boolean {
  return NEXT[reason] !== "park";
}
