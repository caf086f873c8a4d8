import { newDevice } from "../support/lua/sidecar-device";
import { noteNames } from "../../src/app/sdr/book-names";
import { Notebook } from "../../src/app/sdr/notebook";
import { OneBook } from "../../src/app/sdr/one-book";
import {
  bookFacts,
  bookIdOf,
  type BookState,
  components,
  deviceId,
  type DeviceId,
  EMPTY_STATE,
  joinBooks,
  link,
  NEVER,
  stampOf,
  tick,
} from "../../src/core/sdr/index";
import { written } from "../../src/core/sdr/register";
import { textOfState } from "../../src/app/sdr/state-text";
import { sdrStore } from "../../src/koreader/store/sdr-store";
import { describe, it, same } from "../support/spec";

const BOOKS = 40;
const DEVICES = 3;

const digest = (number: number): string => string.format("%032x", number);
const device = (number: number): DeviceId => deviceId([number, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
/** The same numbers on every machine. */
function dice(seed: number): (this: void, sides: number) => number {
  let state = seed;
  return sides => {
    state = state * 16807 - Math.floor((state * 16807) / 2147483647) * 2147483647;
    return Math.floor((state / 2147483647) * sides);
  };
}

/** What one device says of one book: few titles, numbers and files, so that many have something in common. */
function said(roll: (this: void, sides: number) => number, book: number): BookState {
  const by = device(roll(DEVICES));
  const facts = bookFacts({
    sidecarDigest: digest(book),
    title: `Title ${roll(25)}`,
    authors: roll(5) === 0 ? "Unknown" : "Author",
    engine: roll(4) === 0 ? "paging" : "rolling",
    ...(roll(5) === 0 && { fileDigest: digest(roll(BOOKS)), file: "same" as const }),
    ...(roll(4) === 0 && { calibreUuid: `uuid-${roll(20)}` }),
    ...(roll(4) === 0 && { identifiers: [`isbn:97803064061${roll(9)}`] }),
  });
  const stamp = stampOf(tick(NEVER, 1_800_000_000_000), by);
  return { fields: { [`book.${by}`]: written(stamp, facts, {}) }, annotations: {} };
}

/** For each book, the smallest of those that are one with it. */
function lookedUp(notebook: Notebook, books: Record<string, BookState>): Record<string, string> {
  const canonical: Record<string, string> = {};
  const one = new OneBook(notebook);
  for (const book in books) {
    let least = book;
    for (const each of one.idsOf(book)) if (each < least) least = each;
    canonical[book] = least;
  }
  return canonical;
}

describe("which books are one", () => {
  it("is the same whether it is looked up or all books are read", () => {
    for (const seed of $range(1, 60)) {
      newDevice();
      const notebook = new Notebook(sdrStore());
      const roll = dice(seed * 7919);
      const books: Record<string, BookState> = {};
      for (const _ of $range(1, BOOKS * 2)) {
        const number = roll(BOOKS);
        const book = bookIdOf(digest(number));
        const state = joinBooks(books[book] ?? EMPTY_STATE, said(roll, number));
        books[book] = state;
        notebook.setState(book, state);
        noteNames(notebook, book, state);
        notebook.flush();
      }
      const links = link(
        EMPTY_STATE,
        bookIdOf(digest(roll(BOOKS))),
        bookIdOf(digest(BOOKS)),
        roll(2) === 0,
        stampOf(NEVER, device(0)),
      );
      notebook.store.books.saveState("links", textOfState("links", links));
      const all = components({ ...books, links });
      const expected: Record<string, string> = {};
      for (const book in books) expected[book] = all[book] ?? book;
      same(lookedUp(notebook, books), expected);
      sdrStore().close();
    }
  });
});

describe("a book that gets a namesake", () => {
  it("is delivered to again, and once: they may be one now, or two", () => {
    newDevice();
    const notebook = new Notebook(sdrStore());
    const first = bookIdOf(digest(1));
    const note = (number: number, title: string): void => {
      const facts = bookFacts({ sidecarDigest: digest(number), title, authors: "Author", engine: "rolling" });
      const register = written(stampOf(tick(NEVER, 1_800_000_000_000), device(1)), facts, {});
      const state = { fields: { [`book.${device(1)}`]: register }, annotations: {} };
      notebook.setState(bookIdOf(digest(number)), state);
      noteNames(notebook, bookIdOf(digest(number)), state);
      notebook.flush();
    };
    note(1, "Ash");
    note(3, "Elm");
    same(notebook.all("deliver"), []);
    note(2, "Ash");
    same(notebook.all("deliver"), [first]);
    notebook.set("deliver", first, undefined);
    note(2, "Ash");
    same(notebook.all("deliver"), []);
    sdrStore().close();
  });
});
