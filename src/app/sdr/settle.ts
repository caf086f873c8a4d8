import type { Breathe } from "../../koreader/sidecars/slices";
import type { Account } from "./account";
import { countSync } from "./replaced";
import { toTell, toTellNow } from "./to-tell";
import type { SdrTools } from "./tools";

/** How a run came to its end. */
export interface Settling {
  readonly target: string;
  readonly isPreview: boolean;
  readonly hasFailed: boolean;
}

/**
 * What was sent is told once, in the run that sent the last of it.
 * @returns whether it was
 */
export function tellSent(
  { notebook }: SdrTools,
  account: Account,
  { target, isPreview, hasFailed }: Settling,
  breathe: Breathe,
): boolean {
  const isSent = notebook.store.segments.unsent(target).length === 0 && !hasFailed;
  if (isPreview || isSent) account.outgoing(isPreview ? toTell : toTellNow, breathe);
  if (isSent && !isPreview) countSync(notebook, breathe);
  return isSent;
}
