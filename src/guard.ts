import logger = require("logger");
import time = require("ui/time");
import { part } from "./parts";

/** Shorter turns are of no interest, and cost two looks at the clock. */
const LONG = time.ms(5);

let isOver = false;

/** From now on nothing runs that passes through here: Ribbon was switched off, or its data is gone. */
export function endAll(): void {
  isOver = true;
}

let tell: ((problem: string) => void) | undefined;

/** Says who is told of every mistake that is caught here. */
export function onMistake(told: (problem: string) => void): void {
  tell = told;
}

function report(problem: unknown): void {
  const trace = debug.traceback(tostring(problem), 3);
  const [logged] = pcall(() => {
    part("koreader/log-file").tell("error", trace);
  });
  if (!logged) logger.err("Ribbon:", trace);
  tell?.(tostring(problem));
}

/**
 * KOReader guards a plugin's event handlers, but not what the plugin schedules or hands to widgets: a mistake there would
 * end the reader's session. All of that passes through here: the trace goes to the log and the book stays usable.
 */
export function guarded<Args extends unknown[]>(action: (...args: Args) => void): (this: void, ...args: Args) => void {
  return (...args) => {
    if (isOver) return;
    xpcall(() => {
      const start = time.now();
      action(...args);
      if (time.since(start) > LONG) part("timings").noteTurn(action, start);
    }, report);
  };
}

/** The same for what must give a value: `fallback` is given when it cannot. */
export function guardedOr<Value>(fallback: Value, action: () => Value): (this: void) => Value {
  return () => {
    let value = fallback;
    if (isOver) return value;
    xpcall(() => {
      value = action();
    }, report);
    return value;
  };
}
