import { setTimeout as sleep } from "node:timers/promises";
import { intercept, isDownload, type Fault } from "./fault";

/** The silence before a book's first byte when a Tome writes its metadata into it: once per book and format. */
export function bakeDelay(milliseconds: number): Fault {
  const baked = new Set<string>();
  return intercept(isDownload, async ({ params }, proceed) => {
    const book = params["book_id"] ?? "";
    if (!baked.has(book)) await sleep(milliseconds);
    baked.add(book);
    return proceed();
  });
}
