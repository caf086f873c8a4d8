import { describe, equal, it, ok, same } from "../support/spec";
import { isThere, newDevice, put } from "../support/lua/sidecar-device";
import { epochSeconds } from "../../src/core/units";
import { sdrStore } from "../../src/koreader/store/sdr-store";
import type { SdrStore } from "../../src/ports/sdr-store";

const FILE = "./settings/ribbon-sdr.sqlite3";
const NOON = epochSeconds(1_790_000_000);

let open: SdrStore | undefined;

/** The store of a new device. */
function newStore(): SdrStore {
  open?.close();
  newDevice();
  open = sdrStore();
  return open;
}

describe("the store of .sdr sync", () => {
  it("makes its file only when somebody looks into it", () => {
    const store = newStore();
    ok(!isThere(FILE));
    equal(store.books.state("b"), undefined);
    ok(isThere(FILE));
  });

  it("keeps everything over a start", () => {
    const store = newStore();
    store.books.saveState("b", "state");
    store.sidecars.save({ file: "/b.epub", book: "b", stamp: "s", shadow: "shadow" });
    store.values.set("device", "abc");
    store.close();
    equal(store.books.state("b"), "state");
    same(store.sidecars.find("/b.epub"), { file: "/b.epub", book: "b", stamp: "s", shadow: "shadow" });
    equal(store.values.get("device"), "abc");
  });

  it("keeps the bytes of a segment, whatever they are", () => {
    const store = newStore();
    const bytes = `head\n${string.char(0, 255, 254, 10, 13, 0, 195, 40)}`;
    store.segments.add("a-1", bytes, NOON);
    store.spool.put("cloud", "b-1", bytes);
    equal(store.segments.content("a-1"), bytes);
    equal(store.spool.next()?.content, bytes);
  });

  it("knows a book's files: it may lie on a device twice", () => {
    const store = newStore();
    for (const file of ["/b.epub", "/a.epub"]) store.sidecars.save({ file, book: "b", stamp: "", shadow: file });
    store.sidecars.save({ file: "/c.epub", book: "c", stamp: "", shadow: "" });
    same(
      store.sidecars.of("b").map(({ shadow }) => shadow),
      ["/a.epub", "/b.epub"],
    );
    store.sidecars.forget("/a.epub");
    same(store.sidecars.of("b").length, 1);
  });

  it("lists files with their stamps, and keys of a kind, in order, some at a time", () => {
    const { sidecars, values } = newStore();
    for (const file of ["/c", "/a", "/b"]) {
      sidecars.save({ file, book: "b", stamp: `stamp ${file}`, shadow: "much" });
      values.set(`unsent:${file}`, "x");
    }
    values.set("unsend", "x");
    values.set("unsenu:a", "x");
    same(sidecars.after("", 2), [
      { file: "/a", stamp: "stamp /a" },
      { file: "/b", stamp: "stamp /b" },
    ]);
    same(sidecars.after("/b", 2), [{ file: "/c", stamp: "stamp /c" }]);
    same(values.keysAfter("unsent:", "", 2), ["unsent:/a", "unsent:/b"]);
    same(values.keysAfter("unsent:", "unsent:/b", 2), ["unsent:/c"]);
    same(values.keysAfter("unsent:", "unsent:/c", 2), []);
    equal(values.countWith("unsent:"), 3);
  });

  it("lists books in order, some at a time", () => {
    const store = newStore();
    for (const book of ["c", "a", "b"]) store.books.saveState(book, book);
    same(store.books.after("", 2), ["a", "b"]);
    same(store.books.after("b", 2), ["c"]);
    store.books.forget("a");
    equal(store.books.count(), 2);
  });

  it("knows what each target was not sent yet", () => {
    const { segments } = newStore();
    for (const name of ["z-1", "a-2"]) segments.add(name, name, NOON);
    segments.markSent("cloud", "z-1");
    same(segments.unsent("cloud"), ["a-2"]);
    same(segments.unsent("nas"), ["z-1", "a-2"]);
    segments.forgetSent("cloud");
    same(segments.unsent("cloud"), ["z-1", "a-2"]);
    segments.drop("z-1");
    same(segments.names(), ["a-2"]);
    equal(segments.content("z-1"), undefined);
  });

  it("hands out fetched segments in the order of their arrival, once each", () => {
    const { spool } = newStore();
    spool.put("cloud", "b-1", "first");
    spool.put("cloud", "a-1", "second");
    spool.put("cloud", "b-1", "first again");
    equal(spool.next()?.content, "first");
    spool.markSeen("cloud", "b-1");
    spool.drop("cloud", "b-1");
    equal(spool.next()?.content, "second");
    ok(spool.isSeen("cloud", "b-1"));
    ok(!spool.isSeen("nas", "b-1"));
    spool.forgetSeen("cloud");
    same(spool.seen("cloud"), []);
  });

  it("does a whole step or none of it", () => {
    const store = newStore();
    const [worked] = pcall(() => {
      store.inOneGo(() => {
        store.books.saveState("b", "half");
        store.spool.markSeen("cloud", "b-1");
        error("the battery is empty");
      });
    });
    equal(worked, false);
    equal(store.books.state("b"), undefined);
    ok(!store.spool.isSeen("cloud", "b-1"));
  });

  it("asks one question a book", () => {
    const { questions } = newStore();
    questions.hold("b", NOON, "12 of 40");
    questions.hold("b", NOON, "13 of 40");
    same(questions.held(), [{ book: "b", at: NOON, payload: "13 of 40" }]);
    questions.release("b");
    same(questions.held(), []);
  });

  it("keeps the trash until it is emptied", () => {
    const { questions } = newStore();
    questions.throwAway("b", NOON, "old");
    questions.throwAway("b", epochSeconds(NOON + 10), "new");
    const [newest] = questions.trash(1);
    equal(newest?.payload, "new");
    questions.takeFromTrash(newest?.id ?? 0);
    questions.emptyTrash(epochSeconds(NOON + 1));
    same(questions.trash(9), []);
  });

  it("remembers the last 500 runs", () => {
    const { history } = newStore();
    for (const index of $range(1, 510)) history.add(NOON, tostring(index));
    const runs = history.newest(1000);
    equal(runs.length, 500);
    equal(runs[0]?.payload, "510");
  });

  it("keeps what was deleted in a book until its sidecar was read", () => {
    const { values } = newStore();
    values.noteDeletion("/b.epub", "one");
    values.noteDeletion("/b.epub", "two");
    values.noteDeletion("/c.epub", "three");
    same(values.deletions("/b.epub"), ["one", "two"]);
    values.forgetDeletions("/b.epub");
    same(values.deletions("/b.epub"), []);
    same(values.deletions("/c.epub"), ["three"]);
  });

  it("begins anew when its file is damaged, and keeps that one", () => {
    const store = newStore();
    put(FILE, string.rep("no database ", 200));
    equal(store.books.state("b"), undefined);
    store.books.saveState("b", "state");
    equal(store.books.state("b"), "state");
    store.close();
    const [pipe] = io.popen("ls ./settings");
    ok((pipe?.read("*a") ?? "").includes("ribbon-sdr.sqlite3.damaged-"));
  });
});
