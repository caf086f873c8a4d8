// Answers without a length and, for anybody sensible, without an end.
import type http from "node:http";

/** Far more than any answer may be, and soon there: who takes all of it comes to an end, and is found out. */
const MOST_BYTES = 96 * 1024 * 1024;

export class Endless {
  /** Answers that were taken to their end. */
  taken = 0;

  answer(response: http.ServerResponse, status: number, type: string, piece: string): void {
    response.writeHead(status, { "Content-Type": type });
    let left = MOST_BYTES;
    const more = (): void => {
      while (!response.destroyed && left > 0) {
        left -= piece.length;
        if (!response.write(piece)) return void response.once("drain", more);
      }
      if (!response.destroyed) response.end(() => (this.taken += 1));
    };
    more();
  }
}
