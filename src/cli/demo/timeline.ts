import type { Shelf } from "../../shelf/shelf";

/** Prints what the reader did, and beneath it what the server received because of it. */
export class Timeline {
  private sessions = 0;
  private readonly places = new Map<number, string>();

  constructor(
    private readonly shelf: Shelf,
    private readonly print: (line: string) => void,
  ) {}

  /** @param epochSeconds the reader's clock */
  tell(epochSeconds: number, story: string): void {
    this.print(`\n${clockTime(epochSeconds)}  ${story}`);
    for (const line of this.received()) this.print(`         → server: ${line}`);
  }

  private received(): string[] {
    const sessions = this.shelf.sessions();
    const lines = sessions.slice(this.sessions).map(({ title, durationSeconds, pagesTurned }) => {
      const minutes = Math.round((durationSeconds ?? 0) / 60);
      return `session of ${minutes} min, ${pagesTurned ?? 0} page turns in “${title}”`;
    });
    this.sessions = sessions.length;
    for (const { bookId, title, percentage, device, updatedAt } of this.shelf.positions()) {
      if (this.places.get(bookId) === updatedAt) continue;
      this.places.set(bookId, updatedAt);
      lines.push(`“${title}” is at ${percent(percentage)} (${device ?? "unknown device"})`);
    }
    return lines;
  }
}

export function clockTime(epochSeconds: number): string {
  return new Date(epochSeconds * 1000).toISOString().slice(11, 16);
}

export function percent(fraction: number | null): string {
  return fraction === null ? "–" : `${(fraction * 100).toFixed(1)} %`;
}

/** Columns as wide as their widest cell. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map(row => (row[column] ?? "").length)));
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd();
  return [line(head), line(widths.map(width => "─".repeat(width))), ...rows.map(line)].join("\n");
}
