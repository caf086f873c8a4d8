import { type Failure, needsReader, nextStep, type Reason } from "./failure";

/** A book is tried so often in a row before it counts as failed; a try that got on with it begins anew. */
export const MOST_TRIES = 5;

/** Nobody answers: the next book would fare no better. */
const NOBODY: readonly Reason[] = ["offline", "portal", "dns", "refused", "timeout"];

/** What becomes of a download that failed. */
export type AfterFailure =
  /** By itself, after a pause. */
  | { readonly kind: "retry" }
  /** The reader sees why; with it all that waits for this server, where that would fare no better. */
  | { readonly kind: "fail"; readonly withOthers: boolean };

/** @param tries how often it failed in a row, this one included */
export function afterDownloadFailed({ reason }: Failure, tries: number): AfterFailure {
  if (needsReader(reason)) return { kind: "fail", withOthers: true };
  if (nextStep(reason) !== "retry") return { kind: "fail", withOthers: false };
  if (tries < MOST_TRIES) return { kind: "retry" };
  return { kind: "fail", withOthers: NOBODY.includes(reason) };
}
