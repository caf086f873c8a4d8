import UIManager = require("ui/uimanager");
import { guarded } from "../../guard";
import type { Cancel } from "../../ports/scheduler";
import type { RowSource } from "./paged-list";

/** So many rows are read at once: few enough to be no wait. */
export const ROWS_AT_ONCE = 100;

/** Calls `step` again and again, the loop free in between, until it says that there is no more to do. */
export function inSteps(step: () => boolean): Cancel {
  const task = guarded(() => {
    if (step()) UIManager.nextTick(task);
  });
  task();
  return () => {
    UIManager.unschedule(task);
  };
}

/** Tells the first row at or after `from` that has the words, or that begins with them; after the last one it goes on at the top. */
export function findRow(
  source: RowSource,
  words: string,
  isBeginning: boolean,
  from: number,
  found: (at: number) => void,
): Cancel {
  const wanted = words.toLowerCase();
  const isIt = ({ text }: KOReader.ListItem): boolean => {
    const at = text.toLowerCase().indexOf(wanted);
    return isBeginning ? at === 0 : at >= 0;
  };
  const { count } = source;
  let next = from < count ? from : 0;
  let left = count;
  return inSteps(() => {
    const rows = source.rows(next, Math.min(ROWS_AT_ONCE, count - next));
    const at = rows.findIndex(row => isIt(row));
    if (at >= 0) {
      found(next + at);
      return false;
    }
    left -= rows.length;
    next += rows.length;
    if (next >= count) next = 0;
    return left > 0 && rows.length > 0;
  });
}
