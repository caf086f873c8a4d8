// KOReader's log on the terminal: which lines are shown, and where in TypeScript they come from.
import { trace } from "../../../scripts/trace.mjs";

/** The beginning of an entry: "11/21/26-10:46:00 INFO  Ribbon: …". */
const ENTRY = /^\d\d\/\d\d\/\d\d-\d\d:\d\d:\d\d (DEBUG|INFO|WARN|ERROR)\s+(.*)$/;

/** What LuaJIT prints when nobody caught an error. */
const UNCAUGHT = /^\S*luajit\S*: /;

/** Further lines of an entry: tracebacks, tables. */
const CONTINUATION = /^\s|^stack traceback:|^[{}]/;

const OURS = /^Ribbon:|ribbon\.koplugin/;

/** KOReader warns of each file that a home does not have yet. */
const NOT_YET = /No such file or directory\s*$/;

/** Whose line it is, so that ours are found at a glance. */
const mark = (isOurs: boolean): string => (isOurs ? "ribbon   ▏" : "koreader  ");

/**
 * Shows a log line by line: ours, warnings and errors, with what belongs to them; everything when `isVerbose`.
 * Positions in the bundle become TypeScript's.
 */
export class ReaderLog {
  /** Whether the last entry was shown: its further lines follow it. */
  private isShowing = false;
  private isOurs = false;

  constructor(
    private readonly isVerbose: boolean,
    private readonly print: (line: string) => void,
    private readonly locate: (line: string) => string = line => trace(line),
  ) {}

  tell(line: string): void {
    this.look(line);
    if (!this.isShowing && !this.isVerbose) return;
    const isInOurs = line.includes("ribbon.koplugin");
    this.print(`${mark(this.isOurs || isInOurs)}${isInOurs ? this.locate(line) : line}`);
  }

  /** Of a message of ours each line belongs to it; others say less with theirs. */
  private look(line: string): void {
    const [, level, text = ""] = ENTRY.exec(line) ?? [];
    if (level === undefined && (this.isOurs || CONTINUATION.test(line))) return;
    const isUncaught = level === undefined && UNCAUGHT.test(line);
    this.isOurs = OURS.test(level === undefined ? "" : text);
    this.isShowing = this.isOurs || isUncaught || (isTrouble(level) && !NOT_YET.test(text));
  }
}

const isTrouble = (level: string | undefined): boolean => level === "WARN" || level === "ERROR";
