/** KOReader's log, to standard error; errors are kept for the test to see. */
import { dump } from "../data/serialize";
import { noteProblem } from "./journal";

const LEVELS = { dbg: 1, info: 2, warn: 3, err: 4 };
const PREFIX = { dbg: "DEBUG", info: "INFO ", warn: "WARN ", err: "ERROR" };

function line(level: keyof typeof LEVELS, values: unknown[]): string {
  const words = values.map(value => (typeof value === "object" ? dump(value) : tostring(value)));
  return `${os.date("%x-%X")} ${PREFIX[level]} ${words.join(" ")}`;
}

function write(level: keyof typeof LEVELS, values: unknown[]): void {
  const text = line(level, values);
  io.stderr.write(text, "\n");
  if (level === "err") noteProblem(text);
}

const silent = (): void => {};

const WRITERS = {
  dbg: (...values: unknown[]) => write("dbg", values),
  info: (...values: unknown[]) => write("info", values),
  warn: (...values: unknown[]) => write("warn", values),
  err: (...values: unknown[]) => write("err", values),
};

type Mutable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

const writable: Mutable<KOReader.Logger> = {
  ...WRITERS,
  levels: LEVELS,
  setLevel(level) {
    for (const name of ["dbg", "info", "warn", "err"] as const) {
      writable[name] = level <= LEVELS[name] ? WRITERS[name] : silent;
    }
  },
};

writable.setLevel(LEVELS.info);

export const logger: KOReader.Logger = writable;
