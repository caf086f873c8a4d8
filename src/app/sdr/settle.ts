import type { Breathe } from "../../koreader/sidecars/slices";
import type { Account } from "./account";
import { countSync } from "./compacting";
import type { Notebook } from "./notebook";
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
  if (isPreview || isSent) account.outgoing(breathe);
  if (isSent && !isPreview) countSync(notebook);
  return isSent;
}

/** Notes that what was told need not be told again; written with the account that tells it. */
export function forgetSent(notebook: Notebook): void {
  const waiting = notebook.all("unsent");
  if (waiting.length === 0) {
    notebook.also(() => {
      notebook.store.values.removeWith("out:");
    });
    return;
  }
  const left = new LuaSet<string>();
  for (const book of waiting) left.add(book);
  for (const book of notebook.all("out")) if (!left.has(book)) notebook.set("out", book, undefined);
}
