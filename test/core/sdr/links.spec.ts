import {
  apartFrom,
  bookFacts,
  bookIdOf,
  type BookState,
  components,
  deliver,
  type DeviceId,
  diff,
  EMPTY_STATE,
  getText,
  getTable,
  joinBooks,
  joined,
  link,
  linkedTo,
  listItems,
  madeWhole,
  parted,
  relinked,
  type Shadow,
  shownAnnotations,
  stampOf,
  tick,
  NEVER,
  titleOf,
  trashOf,
  viewSidecar,
  withKey,
  type DataTable,
  listOf,
  openedIn,
} from "../../../src/core/sdr/index";
import { sorted } from "../../../src/core/order";
import { written } from "../../../src/core/sdr/register";
import { describe, equal, it, ok, same } from "../../support/spec";
import { mark, sidecar, toyHash } from "../../support/sdr-devices";

const [A, B, C, D] = ["a", "b", "c", "d"].map(each => bookIdOf(each.repeat(32))) as [string, string, string, string];
const PHONE = "phonephone" as DeviceId;

/** A clock that only goes on. */
class Clock {
  private hlc = tick(NEVER, 1_795_248_000_000);

  stamp(): ReturnType<typeof stampOf> {
    this.hlc = tick(this.hlc, 0);
    return stampOf(this.hlc, PHONE);
  }
}

/** Which of the four are one, by the least. */
function groups(links: BookState, states: Readonly<Record<string, BookState>> = {}): string {
  const all = components({ [A]: EMPTY_STATE, [B]: EMPTY_STATE, [C]: EMPTY_STATE, [D]: EMPTY_STATE, ...states, links });
  return [A, B, C, D].map(each => (all[each] ?? "").slice(4, 5)).join("");
}

describe("what the reader says of which books are one", () => {
  it("joins all files of both, and parts one file from all others", () => {
    const clock = new Clock();
    let links = joined(EMPTY_STATE, [A], [B], clock.stamp());
    links = joinBooks(links, joined(links, [C], [D], clock.stamp()));
    equal(groups(links), "aacc");
    links = joinBooks(links, joined(links, [A, B], [C, D], clock.stamp()));
    equal(groups(links), "aaaa");
    links = joinBooks(links, parted(links, [B], [A, C, D], clock.stamp()));
    equal(groups(links), "abaa");
    same(apartFrom(links, [B]), [A, C, D]);
    same(apartFrom(links, [A, C, D]), [B]);
    links = joinBooks(links, joined(links, [D, A, C], [B], clock.stamp()));
    equal(groups(links), "aaaa");
    same(apartFrom(links, [A]), []);
  });

  it("goes above what two files have in common", () => {
    const clock = new Clock();
    const published = (digest: string): BookState => ({
      fields: {
        [`book.${PHONE}`]: written(
          clock.stamp(),
          bookFacts({ sidecarDigest: digest, fileDigest: "a".repeat(32), file: "same", title: "Ash", authors: "" }),
          {},
        ),
      },
      annotations: {},
    });
    const states = { [A]: published("a".repeat(32)), [B]: published("b".repeat(32)), [C]: published("c".repeat(32)) };
    equal(groups(EMPTY_STATE, states), "aaad");
    equal(groups(parted(EMPTY_STATE, [C], [A, B], clock.stamp()), states), "aacd");
  });

  it("names those of whom something else is said than before", () => {
    const clock = new Clock();
    const before = joined(EMPTY_STATE, [A], [B], clock.stamp());
    same(relinked(EMPTY_STATE, before), [A, B]);
    same(relinked(before, before), []);
    const again = joinBooks(before, link(before, B, A, true, clock.stamp()));
    same(relinked(before, again), []);
    same(relinked(before, joinBooks(before, link(before, B, C, false, clock.stamp()))), [B, C]);
    same(linkedTo(before, B), [A]);
  });
});

describe("a book", () => {
  const clock = new Clock();
  const of = (facts: Partial<Parameters<typeof bookFacts>[0]>, custom: Record<string, string> = {}): BookState => {
    const all = { sidecarDigest: "a".repeat(32), title: "", authors: "", ...facts };
    const fields: Record<string, ReturnType<typeof written>> = {
      [`book.${PHONE}`]: written(clock.stamp(), bookFacts(all), {}),
    };
    for (const key in custom) fields[`custom.${key}`] = written(clock.stamp(), custom[key], {});
    return { fields, annotations: {} };
  };

  it("is called what the reader calls it, or its file, or its file's name", () => {
    equal(titleOf(EMPTY_STATE), undefined);
    same(titleOf(of({ title: "Ash", authors: "M", name: "scan-17" })), { title: "Ash", authors: "M" });
    same(titleOf(of({ name: "scan-17" })), { title: "scan-17", authors: "" });
    same(titleOf(of({ name: "scan-17" }, { title: "Ash", authors: "M" })), { title: "Ash", authors: "M" });
  });
});

/** A file of a book on one device; what is known is kept by id, and what the reader says applies to all of it. */
class Shelf {
  readonly clock = new Clock();
  readonly states: Record<string, BookState> = { [A]: EMPTY_STATE, [B]: EMPTY_STATE };
  readonly files: Record<string, { data: DataTable; shadow?: Shadow }> = {};
  links: BookState = EMPTY_STATE;

  constructor(marks: Readonly<Record<string, readonly DataTable[]>>) {
    for (const book of [A, B]) this.files[book] = { data: sidecar(marks[book] ?? []) };
    this.settle();
  }

  private isOne(): boolean {
    const all = components({ ...this.states, links: this.links });
    return all[A] === all[B];
  }

  private all(book: string): { state: BookState; parted?: BookState } {
    const [own, other] = [this.states[book] ?? EMPTY_STATE, this.states[book === A ? B : A] ?? EMPTY_STATE];
    if (this.isOne()) return { state: joinBooks(own, other) };
    return apartFrom(this.links, [book]).length > 0 ? { state: own, parted: other } : { state: own };
  }

  private look(book: string, isWatched: boolean): void {
    const file = this.files[book];
    if (file === undefined) return;
    const shadow = isWatched && file.shadow !== undefined ? openedIn(file.shadow, "now") : file.shadow;
    const { state } = this.all(book);
    const evidence = isWatched
      ? ({ kind: "live", session: "now", removed: [] } as const)
      : ({ kind: "closed" } as const);
    const found = diff({
      shadow,
      view: viewSidecar(file.data),
      state,
      evidence,
      stamp: this.clock.stamp(),
      sha256: toyHash,
    });
    const own = this.states[book] ?? EMPTY_STATE;
    this.states[book] = joinBooks(own, madeWhole(found.delta, own, state));
    file.shadow = found.shadow;
  }

  /** Everything is looked at and delivered, until nothing changes. */
  settle(): void {
    for (const book of [A, B, A, B]) {
      this.look(book, false);
      const file = this.files[book];
      if (file?.shadow === undefined) continue;
      const view = viewSidecar(file.data);
      const delivery = deliver({ ...this.all(book), shadow: file.shadow, view, data: file.data, admits: () => true });
      file.data = delivery.data;
      file.shadow = delivery.shadow;
    }
  }

  /** What the reader does in one of the files. */
  edit(book: string, change: (this: void, items: DataTable[]) => DataTable[]): void {
    const file = this.files[book];
    if (file === undefined) return;
    file.data = withKey(file.data, "annotations", listOf(change(this.items(book))));
    this.look(book, true);
  }

  join(): void {
    this.links = joinBooks(this.links, joined(this.links, [A], [B], this.clock.stamp()));
  }

  part(): void {
    this.links = joinBooks(this.links, parted(this.links, [A], [B], this.clock.stamp()));
  }

  items(book: string): DataTable[] {
    return listItems(getTable(this.files[book]?.data, "annotations")) as DataTable[];
  }

  /** Text and note of each, in order. */
  texts(book: string): string[] {
    const texts: string[] = [];
    for (const item of this.items(book)) texts.push(`${getText(item, "text") ?? ""}/${getText(item, "note") ?? ""}`);
    return sorted(texts, (a, b) => a < b);
  }
}

const noted = (text: string, note: string): ((this: void, items: DataTable[]) => DataTable[]) => {
  return items => items.map(item => (getText(item, "text") === text ? withKey(item, "note", note) : item));
};
const without = (text: string): ((this: void, items: DataTable[]) => DataTable[]) => {
  return items => items.filter(item => getText(item, "text") !== text);
};

describe("two files of one book", () => {
  const make = (): Shelf => {
    const shelf = new Shelf({ [A]: [mark(1), mark(2)], [B]: [mark(3)] });
    shelf.join();
    shelf.settle();
    return shelf;
  };
  const ALL = ["words of 1/", "words of 2/", "words of 3/"];

  it("have what was marked in either", () => {
    const shelf = make();
    for (const book of [A, B]) same(shelf.texts(book), ALL);
  });

  it("have their own again when they are parted, and all of it when they are joined once more", () => {
    const shelf = make();
    shelf.part();
    shelf.settle();
    same(shelf.texts(A), ["words of 1/", "words of 2/"]);
    same(shelf.texts(B), ["words of 3/"]);
    shelf.join();
    shelf.settle();
    for (const book of [A, B]) same(shelf.texts(book), ALL);
  });

  it("keep what was edited in the one that the other's mark came to", () => {
    const shelf = make();
    shelf.edit(B, noted("words of 1", "written in b"));
    shelf.settle();
    same(shelf.texts(A)[0], "words of 1/written in b");
    shelf.part();
    shelf.settle();
    same(shelf.texts(A), ["words of 1/", "words of 2/"]);
    same(shelf.texts(B), ["words of 1/written in b", "words of 3/"]);
    equal(shownAnnotations(shelf.states[B] ?? EMPTY_STATE).length, 2);
  });

  it("keep what was edited between the parting and its delivery", () => {
    const shelf = make();
    shelf.part();
    shelf.edit(B, noted("words of 2", "late"));
    shelf.settle();
    same(shelf.texts(A), ["words of 1/", "words of 2/"]);
    same(shelf.texts(B), ["words of 2/late", "words of 3/"]);
    equal(shownAnnotations(shelf.states[B] ?? EMPTY_STATE).length, 2);
  });

  it("have in their trash what was deleted in the one that it came to", () => {
    const shelf = make();
    shelf.edit(B, without("words of 1"));
    shelf.settle();
    for (const book of [A, B]) same(shelf.texts(book), ["words of 2/", "words of 3/"]);
    same(
      trashOf(shelf.states[B] ?? EMPTY_STATE).map(({ text }) => text),
      ["words of 1"],
    );
    shelf.part();
    shelf.settle();
    same(shelf.texts(A), ["words of 1/", "words of 2/"]);
    same(shelf.texts(B), ["words of 3/"]);
  });

  it("lose nothing, whatever is done in which order", () => {
    let seed = 7;
    const random = (below: number): number => {
      seed = seed * 75 + 74 - 65_537 * Math.floor((seed * 75 + 74) / 65_537);
      return Math.floor((seed / 65_537) * below);
    };
    let rounds = 0;
    while (rounds < 150) {
      const shelf = make();
      const written: string[] = [];
      let steps = 0;
      while (steps < 8) {
        const book = random(2) === 0 ? A : B;
        const target = `words of ${1 + random(3)}`;
        const isThere = shelf.items(book).some(item => getText(item, "text") === target);
        const act = random(5);
        if (act === 0) shelf.join();
        else if (act === 1) shelf.part();
        else if (act === 2 && isThere) {
          const note = `note ${steps}`;
          // Of a text that was noted before, the later note is what the reader wants.
          for (const each of written.slice())
            if (each.startsWith(`${target}/`)) written.splice(written.indexOf(each), 1);
          shelf.edit(book, noted(target, note));
          written.push(`${target}/${note}`);
        } else shelf.settle();
        steps += 1;
      }
      shelf.settle();
      const both = shelf.texts(A).concat(shelf.texts(B));
      for (const text of ["words of 1", "words of 2", "words of 3"]) {
        ok(
          both.some(each => each.startsWith(`${text}/`)),
          `${text} of round ${rounds}: ${both.join(", ")}`,
        );
      }
      for (const each of written) ok(both.includes(each), `${each} of round ${rounds}: ${both.join(", ")}`);
      const isBetween = shelf.items(A).length <= 3 && shelf.items(B).length <= 3;
      ok(isBetween, `nothing twice, in round ${rounds}: ${both.join(", ")}`);
      rounds += 1;
    }
  });
});
