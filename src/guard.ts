import logger = require("logger");

let tell: ((problem: string) => void) | undefined;

/** Says who is told of every mistake that is caught here. */
export function onMistake(told: (problem: string) => void): void {
  tell = told;
}

function report(problem: unknown): string {
  const trace = debug.traceback(tostring(problem), 3);
  logger.err("Ribbon:", trace);
  tell?.(tostring(problem));
  return trace;
}

/**
 * KOReader guards a plugin's event handlers, but not what the plugin schedules or hands to widgets: a mistake there would
 * end the reader's session. All of that passes through here: the trace goes to the log and the book stays usable.
 */
export function guarded<Args extends unknown[]>(action: (...args: Args) => void): (this: void, ...args: Args) => void {
  return (...args) => {
    xpcall(() => {
      action(...args);
    }, report);
  };
}

/** The same for what must give a value: `fallback` is given when it cannot. */
export function guardedOr<Value>(fallback: Value, action: () => Value): (this: void) => Value {
  return () => {
    let value = fallback;
    xpcall(() => {
      value = action();
    }, report);
    return value;
  };
}
