import type { Body } from "./body";
import { cut, parseDigits, stripBlanks } from "./text";

/** Sizes, their extensions and the trailer together; real ones are some bytes. */
const LONGEST_LINE = 4096;
const MOST_TRAILER_LINES = 50;

/** A body in chunks (RFC 9112, 7.1). Extensions and trailer fields are read and dropped. */
export class ChunkedBody implements Body {
  isDone = false;
  hasExtra = false;
  readonly isDelimited = true;
  problem: string | undefined;
  private expects: "size" | "end of chunk" | "trailer" = "size";
  /** Bytes of the current chunk that have not come. */
  private left = 0;
  /** The beginning of a line whose end has not come. */
  private line = "";
  private trailerLines = 0;

  push(bytes: string): string {
    const pieces: string[] = [];
    let at = 0;
    while (at < bytes.length && !this.isDone && this.problem === undefined) {
      if (this.left > 0) {
        const piece = bytes.slice(at, at + this.left);
        pieces.push(piece);
        this.left -= piece.length;
        at += piece.length;
      } else at = this.pushLine(bytes, at);
    }
    this.hasExtra = this.hasExtra || at < bytes.length;
    return pieces.join("");
  }

  end(): string | undefined {
    return this.isDone ? undefined : "cut off before the last chunk";
  }

  /** Takes a line, or what has come of it, from `at` on; gives where to go on. */
  private pushLine(bytes: string, at: number): number {
    const end = bytes.indexOf("\n", at);
    const next = end < 0 ? bytes.length : end + 1;
    this.line += bytes.slice(at, next);
    if (this.line.length > LONGEST_LINE) this.problem = "a chunk's first line is too long";
    else if (end >= 0) {
      const line = cut(this.line.slice(0, this.line.length - 1), "\r")[0];
      this.line = "";
      this.take(line);
    }
    return next;
  }

  private take(line: string): void {
    if (this.expects === "size") this.takeSize(line);
    else if (this.expects === "end of chunk") {
      if (line !== "") this.problem = "a chunk is longer than it said";
      this.expects = "size";
    } else {
      this.isDone = line === "";
      this.trailerLines += 1;
      if (this.trailerLines > MOST_TRAILER_LINES) this.problem = "too many lines after the last chunk";
    }
  }

  private takeSize(line: string): void {
    const size = parseDigits(stripBlanks(cut(line, ";")[0]), 16);
    if (size === undefined) this.problem = `not a chunk's size: ${line.slice(0, 20)}`;
    else {
      this.left = size;
      this.expects = size === 0 ? "trailer" : "end of chunk";
    }
  }
}
