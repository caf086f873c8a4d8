import type { Seconds } from "./units";

/** Why something that went over a network did not work: a closed set, whatever the server or the transport. */
export type Reason =
  | "offline"
  | "portal"
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

/**
 * What is wrong with a certificate: nobody known stands behind it, it is for another name, out of its time, another one than
 * the reader trusted, or there is no list of authorities to check it by.
 */
export type CertificateProblem = "issuer" | "name" | "date" | "changed" | "roots";

/** A reason, and the server's or the library's own words for it where there are any (for the log, never for a decision). */
export interface Failure {
  readonly reason: Reason;
  readonly detail?: string;
  /** What the server itself says to the reader, a few words: why it refuses, how many downloads a day it gives. */
  readonly said?: string;
  /** True when the request may have reached the server although no answer came: whether it acted is unknown. */
  readonly sent?: boolean;
  /** The server asks not to be tried again before this time has passed. */
  readonly retryAfter?: Seconds;
  /** SHA-256 of the certificate that was not trusted, in hex: what the reader compares before trusting it. */
  readonly fingerprint?: string;
  /** Of a `tls` failure, where it is known. */
  readonly certificate?: CertificateProblem;
  /** The fingerprint that the reader trusted, when the server shows another one now. */
  readonly pinned?: string;
  /** Of a `tls` failure: there is no TLS, and the password would have travelled the internet in the open. It was not sent. */
  readonly inTheOpen?: true;
  /** Which address of the connection it was. Of a `disk` failure only where the disk is the server's. */
  readonly at?: string;
  /** Where the address leads on to: another host, which gets no key. */
  readonly movedTo?: string;
  /** Of a `disk` failure: so many bytes more have to be free. Absent when room is not the trouble, or nobody knows. */
  readonly lacking?: number;
  /** Of a `disk` failure: it was a file of Ribbon's own on this device. */
  readonly isOurs?: true;
  /** What the server calls its version, when that is the trouble. */
  readonly version?: string;
}

/** Names the address; not where the device's own disk had no room while an answer came: then it was not the server. */
export function failedAt(found: Failure, at: string): Failure {
  return found.reason === "disk" ? found : { ...found, at };
}

/**
 * What becomes of work that failed:
 * `retry` the same later, `park` it for the reader to see, `ask` the reader before anything else is sent.
 */
export type NextStep = "retry" | "park" | "ask";

const NEXT: Readonly<Record<Reason, NextStep>> = {
  offline: "retry",
  portal: "retry",
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

/** True when trying again by itself is of no use: the reader has to change something, here or on the server. */
export function needsReader(reason: Reason): boolean {
  return NEXT[reason] === "ask" && reason !== "disk";
}

/** True when the whole server is out of reach, so that the next entry would fail for the same reason. */
export function concernsServer(reason: Reason): boolean {
  return NEXT[reason] !== "park";
}
