// A join that is idempotent, commutative and associative makes order and repetition of files irrelevant.
import fc from "../support/node/fast-check";
import { describe, expect, test } from "vitest";
import { joinBooks, type BookState } from "../../src/core/sdr/book-state";
import { entryLine, entryLines, readEntry } from "../../src/core/sdr/entry";
import { components } from "../../src/core/sdr/identity";
import { jsonText } from "../../src/core/sdr/json-text";
import { listOf } from "../../src/core/sdr/lua-value";
import { shownAnnotations } from "../../src/core/sdr/shown";
import { NEVER, stampOf, tick, type DeviceId } from "../../src/core/sdr/stamp";
import { bookState } from "../support/node/sdr/arbitraries";

const BOOK = "md5:0123456789abcdef0123456789abcdef";
const options = { numRuns: 2000, seed: Number(process.env["RIBBON_SEED"] ?? 1) };
const text = (state: BookState): string => entryLine({ book: BOOK, state });

describe("what is known of a book", () => {
  test("is the same in whatever order it was heard, and however often", () => {
    fc.assert(
      fc.property(bookState, bookState, bookState, (a, b, c) => {
        expect(text(joinBooks(a, a))).toBe(text(a));
        expect(text(joinBooks(a, b))).toBe(text(joinBooks(b, a)));
        expect(text(joinBooks(joinBooks(a, b), c))).toBe(text(joinBooks(a, joinBooks(b, c))));
        expect(text(joinBooks(joinBooks(a, b), b))).toBe(text(joinBooks(a, b)));
      }),
      options,
    );
  });

  test("comes back from its lines, and is shown alike", () => {
    fc.assert(
      fc.property(bookState, state => {
        const back = entryLines({ book: BOOK, state }).reduce<BookState>(
          (known, line) => {
            const read = readEntry(line);
            return read.ok ? joinBooks(known, read.value.state) : known;
          },
          { fields: {}, annotations: {} },
        );
        expect(text(back)).toBe(text(state));
        expect(shownAnnotations(back)).toEqual(shownAnnotations(state));
      }),
      options,
    );
  });
});

test("a clock only goes forward, and stays in its bounds, whatever the device's clock says", () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.double(), fc.integer(), fc.constantFrom(NaN, Infinity, -Infinity, 0)), { maxLength: 30 }),
      times => {
        let hlc = NEVER;
        for (const now of times) {
          const next = tick(hlc, now);
          expect(next > hlc).toBe(true);
          expect(next.length).toBe(12);
          hlc = next;
        }
      },
    ),
    options,
  );
});

test("which books are one does not depend on the order in which it was heard", () => {
  const digest = fc.integer({ min: 0, max: 5 }).map(digit => `md5:${`${digit}`.repeat(32)}`);
  const facts = fc.array(fc.tuple(digest, fc.array(digest, { maxLength: 3 })), { maxLength: 6 });
  const links = fc.array(fc.tuple(digest, digest, fc.boolean()), { maxLength: 4 });
  const stamp = stampOf(tick(NEVER, 0), "devaaaaaaa" as DeviceId);
  fc.assert(
    fc.property(facts, links, fc.nat(), (published, words, turn) => {
      const build = (order: typeof published): Record<string, BookState> => {
        const books: Record<string, BookState> = {};
        for (const [book, ids] of order) {
          const value = { keys: ["ids"], values: [listOf(ids)] };
          const name = `book.dev${jsonText(listOf(ids)).length}`;
          const state = { fields: { [name]: { writes: [{ stamp, value }], seen: {} } }, annotations: {} };
          books[book] = joinBooks(books[book] ?? { fields: {}, annotations: {} }, state);
        }
        const fields: Record<string, BookState["fields"][string]> = {};
        for (const [a, b, isOne] of words) {
          const [first = "", second = ""] = [a, b].sort();
          fields[`link.${first.slice(4)}.${second.slice(4)}`] = { writes: [{ stamp, value: isOne }], seen: {} };
        }
        return { ...books, links: { fields, annotations: {} } };
      };
      const at = turn % Math.max(published.length, 1);
      const turned = [...published.slice(at), ...published.slice(0, at)];
      expect(components(build(turned))).toEqual(components(build(published)));
    }),
    options,
  );
});
