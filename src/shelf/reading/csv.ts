export type Cell = string | number | null;

/** What a spreadsheet would take for a formula: `=HYPERLINK(…)` as the title of a book runs on the reader's computer. */
const FORMULA = /^[\t\r\n ]*[=+\-@\t\r]/;

/** One line of a CSV file (RFC 4180), with its end. A text that looks like a formula gets an apostrophe before it. */
export function csvLine(cells: readonly Cell[]): string {
  return `${cells.map(csvCell).join(",")}\r\n`;
}

function csvCell(cell: Cell): string {
  if (cell === null) return "";
  if (typeof cell === "number") return String(cell);
  const safe = FORMULA.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
