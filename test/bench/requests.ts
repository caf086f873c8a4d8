import { withReader } from "./device";
import { type Library, SETTLE_SECONDS, withLibrary } from "./library";
import type { Section } from "./section";

/** Requests that reach the server from opening a known book until all is quiet after closing it. */
async function countRequests({ shelf, dataDir, book, reset }: Library, pages: number): Promise<number> {
  reset();
  return withReader({ dataDir, clock: "fake" }, async hand => {
    await hand.advance(SETTLE_SECONDS);
    const before = shelf.requests();
    await hand.openBook(book);
    await hand.advance(5);
    await hand.turn(pages, 30);
    await hand.closeBook();
    await hand.advance(SETTLE_SECONDS);
    return shelf.requests() - before;
  });
}

export const requests: Section = {
  name: "requests",
  title: "Requests for one known book",
  measure: () =>
    withLibrary(async library => [
      { name: "requests.open_close", value: await countRequests(library, 0), goal: "≤ 4 (TomeSync 9)" },
      { name: "requests.open_read_close", value: await countRequests(library, 10) },
    ]),
};
