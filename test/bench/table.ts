// How figures are shown: as a list, and as a matrix where they differ in two things.
import type { Figure } from "./section";

type Row = readonly string[];

/** "hold_ms", "open", "healthy" */
const parts = ({ name }: Figure): string[] => name.split(".");

function shown({ value }: Figure): string {
  if (typeof value === "string") return value;
  return Number.isInteger(value) ? String(value) : value.toFixed(2);
}

/** Columns as wide as their widest cell; numbers stand to the right. */
function aligned(rows: readonly Row[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map(row => (row[column] ?? "").length)));
  const cell = (text: string, column: number) =>
    column === 0 ? text.padEnd(widths[column] ?? 0) : text.padStart(widths[column] ?? 0);
  return rows.map(row => `  ${row.map(cell).join("   ")}`.trimEnd()).join("\n");
}

function list(figures: readonly Figure[]): string {
  const rows = figures.map(figure => [figure.name, shown(figure), figure.goal ?? ""]);
  return aligned([["", "measured", "goal"], ...rows]);
}

/** "hold_ms", and "sdr.200" of what has four parts. */
const matrixOf = (figure: Figure): string => parts(figure).slice(0, -2).join(".");

/** One row for each last part but one of the names, one column for each last. */
function matrix(name: string, figures: readonly Figure[]): string {
  const columns = [...new Set(figures.map(figure => parts(figure).at(-1) ?? ""))];
  const rows = [...new Set(figures.map(figure => parts(figure).at(-2) ?? ""))];
  const notes: string[] = [];
  const cell = (row: string, column: string): string => {
    const figure = figures.find(({ name: full }) => full === `${name}.${row}.${column}`);
    if (figure === undefined) return "";
    if (typeof figure.value === "number") return shown(figure);
    notes.push(`  ${column}: ${figure.value}`);
    return "–";
  };
  const lines = rows.map(row => [row, ...columns.map(column => cell(row, column))]);
  const head = [`${name} ${figures[0]?.goal ?? ""}`.trim(), ...columns];
  return [aligned([head, ...lines]), ...new Set(notes)].join("\n");
}

/** The figures of one section. */
export function table(figures: readonly Figure[]): string {
  const listed = figures.filter(figure => parts(figure)[2] === undefined);
  const crossed = figures.filter(figure => parts(figure)[2] !== undefined);
  const names = [...new Set(crossed.map(matrixOf))];
  const pieces = names.map(name =>
    matrix(
      name,
      crossed.filter(figure => matrixOf(figure) === name),
    ),
  );
  return [...(listed.length > 0 ? [list(listed)] : []), ...pieces].join("\n\n");
}

type Tree = { [part: string]: Tree | number | string };

/** The figures as nested objects, one for each dot in a name. */
export function nested(figures: readonly Figure[]): Tree {
  const root: Tree = {};
  for (const figure of figures) {
    const path = parts(figure);
    const leaf = path.pop() ?? "";
    let branch = root;
    for (const part of path) branch = (branch[part] ??= {}) as Tree;
    branch[leaf] = figure.value;
  }
  return root;
}
