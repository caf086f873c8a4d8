import fs from "node:fs";
import { type Finding, note } from "./finding";

/** From the end of the log: some thousand lines. */
const BYTES = 256 * 1024;
const MOST_LINES = 5;
const LONGEST_LINE = 300;

/** The last lines of KOReader's log that speak of Ribbon; nothing when there are none. */
export function crashFindings(file: string): Finding[] {
  const lines = tailOf(file)
    .split("\n")
    .filter(line => /ribbon/i.test(line));
  const last = lines.slice(-MOST_LINES).map(line => printable(line).slice(0, LONGEST_LINE));
  return last.map((line, index) => note(index === 0 ? "crash.log, the last about Ribbon" : "", line));
}

function tailOf(file: string): string {
  const size = fs.statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size === 0) return "";
  const handle = fs.openSync(file, "r");
  try {
    const bytes = Buffer.alloc(Math.min(size, BYTES));
    fs.readSync(handle, bytes, 0, bytes.length, size - bytes.length);
    return bytes.toString();
  } finally {
    fs.closeSync(handle);
  }
}

/** What a file says may not steer a terminal. */
function printable(line: string): string {
  return line.replaceAll(/\p{Cc}/gu, " ").trim();
}
