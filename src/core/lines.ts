/** Cuts a stream of text, which arrives in pieces of any size, into its lines. */
export class LineBuffer {
  private rest = "";

  /** The lines that this piece completes, without their line ends; an unfinished last line waits for the next piece. */
  push(piece: string): string[] {
    const parts = (this.rest + piece).split("\n");
    this.rest = parts[parts.length - 1] ?? "";
    return parts.slice(0, parts.length - 1);
  }
}
