/** "Server: https" */
export type Line = string;

/** A heading, and what stands below it. */
export function section(heading: string, lines: readonly Line[]): string {
  return lines.length === 0 ? "" : `\n${heading}\n${lines.map(line => `  ${line}\n`).join("")}`;
}

/** "2026-11-21 20:14:05 UTC"; "never" for what did not happen. */
export function stamp(at: number | undefined): string {
  return at === undefined || at <= 0 ? "never" : tostring(os.date("!%Y-%m-%d %H:%M:%S UTC", at));
}

/** "120 ms", "3.4 s" */
export function duration(seconds: number): string {
  return seconds < 1 ? `${Math.floor(seconds * 1000 + 0.5)} ms` : `${Math.floor(seconds * 10 + 0.5) / 10} s`;
}

/** "1.2 GB" */
export function size(bytes: number | undefined): string {
  if (bytes === undefined) return "unknown";
  const units = ["B", "KB", "MB", "GB", "TB"];
  let [value, unit] = [bytes, 0];
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${Math.floor(value * 10 + 0.5) / 10} ${units[unit] ?? ""}`;
}

/** "yes" or "no" */
export const yesNo = (is: boolean): string => (is ? "yes" : "no");
