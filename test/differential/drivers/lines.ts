// Feeds pieces to a line buffer.
import { LineBuffer } from "../../../src/core/lines";

export function cutLines(pieces: readonly string[]): string[][] {
  const buffer = new LineBuffer();
  return pieces.map(piece => buffer.push(piece));
}
