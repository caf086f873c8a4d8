import { Readable } from "node:stream";
import type { ExportName, Exports } from "../store/exports";
import { csvLine } from "./csv";

export const EXPORT_FORMATS = ["csv", "json"] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

const TYPES: Readonly<Record<ExportFormat, string>> = {
  csv: "text/csv; charset=utf-8; header=present",
  json: "application/json; charset=utf-8",
};

/** A file of everything of one kind that a user left on the server. */
export function exportFile(exports: Exports, name: ExportName, format: ExportFormat, userId: number) {
  const lines = format === "csv" ? csvOf(exports, name, userId) : jsonOf(exports, name, userId);
  return { type: TYPES[format], stream: Readable.from(lines) };
}

function* csvOf(exports: Exports, name: ExportName, userId: number): Generator<string> {
  const columns = exports.columns(name);
  yield csvLine(columns);
  for (const row of exports.rows(name, userId)) yield csvLine(columns.map(column => row[column] ?? null));
}

function* jsonOf(exports: Exports, name: ExportName, userId: number): Generator<string> {
  let separator = "[\n";
  for (const row of exports.rows(name, userId)) {
    yield separator + JSON.stringify(row);
    separator = ",\n";
  }
  yield separator === "[\n" ? "[]\n" : "\n]\n";
}
