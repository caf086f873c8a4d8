import type { Failure, Reason } from "../failure";
import type { Phase } from "./deadlines";

/** What LuaSocket, LuaSec and the C library say; the first text that occurs decides. Seen on Linux, macOS and Android. */
const REFUSED = ["refused"];
const TIMEOUT = ["timeout", "timed out"];
const CLOSED = ["closed", "reset", "roken pipe", "unexpected eof", "aborted"];

const says = (problem: string, texts: readonly string[]): boolean =>
  texts.some(text => problem.toLowerCase().includes(text.toLowerCase()));

/** Of an attempt to connect: whatever else the system says, such as "Network is unreachable", there is no way there. */
export function connectReason(problem: string): Reason {
  if (says(problem, REFUSED)) return "refused";
  return says(problem, TIMEOUT) ? "timeout" : "offline";
}

/** The other side ended the connection, and not we. */
export function isClosed(problem: string): boolean {
  return says(problem, CLOSED);
}

/** Of several addresses, the failure that says most: one that refuses is at least there. */
export function clearest(failures: readonly Failure[]): Failure | undefined {
  const order: readonly Reason[] = ["refused", "timeout", "offline"];
  const reason = order.find(each => failures.some(failure => failure.reason === each));
  return failures.find(failure => failure.reason === reason);
}

const WAITED_FOR: Readonly<Record<Phase, string>> = {
  connect: "no connection in time",
  firstByte: "no answer in time",
  idle: "nothing came any more",
  total: "not done in time",
};

/** A deadline has passed. */
export function tooLate({ phase }: { readonly phase: Phase }): Failure {
  return { reason: "timeout", detail: WAITED_FOR[phase] };
}

/** Of a handshake. A certificate that is not trusted is another matter (certificate.ts). */
export function handshakeFailure(problem: string): Failure {
  if (isClosed(problem)) return { reason: "server", detail: `closed in the TLS handshake: ${problem}` };
  return { reason: "tls", detail: problem };
}
