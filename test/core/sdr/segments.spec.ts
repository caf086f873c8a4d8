import {
  bookFacts,
  bookIdOf,
  components,
  compacted,
  type BookState,
  deletable,
  type DeviceId,
  dueForCompaction,
  EMPTY_STATE,
  encodeSegment,
  type Entry,
  entryLine,
  entryLines,
  filesOfClone,
  getText,
  identifiersIn,
  joinBooks,
  link,
  MOST_ALIKE,
  nextSeq,
  openSegment,
  packLines,
  partLength,
  readEntry,
  readHeader,
  readSegmentName,
  renamed,
  stampOf,
  tableOf,
  tick,
  NEVER,
  unionOf,
} from "../../../src/core/sdr/index";
import { written } from "../../../src/core/sdr/register";
import { describe, equal, it, ok, same } from "../../support/spec";
import { BOOK, toyHash } from "../../support/sdr-devices";

const PHONE = "phonephone" as DeviceId;
const TABLET = "tablettabl" as DeviceId;
const T1 = tick(NEVER, 1_795_248_000_000);
const T2 = tick(T1, 0);
const UID = "0123456789abcdef0123";

function note(device: DeviceId, hlc: typeof T1, text: string): BookState {
  const register = written(stampOf(hlc, device), tableOf({ note: text }), {});
  return { fields: {}, annotations: { [UID]: { note: register } } };
}

function fileOf(lines: readonly string[], seq = 1): { name: string; bytes: string } {
  return encodeSegment("delta", { device: PHONE, seq, label: "Phone", hlc: T1, seen: {} }, lines, toyHash);
}

function failureOf(name: string, bytes: string): string {
  const opened = openSegment(name, bytes, toyHash);
  return opened.ok ? "opened" : opened.failure;
}

describe("a file in the folder", () => {
  const line = entryLine({ book: BOOK, state: note(PHONE, T1, 'a\nb "c"') });
  const { name, bytes } = fileOf([line]);

  it("says by its name whose it is, which, and what is in it", () => {
    const read = readSegmentName(name);
    same([read?.device, read?.seq, read?.kind, read?.length], [PHONE, 1, "delta", bytes.length]);
    const opened = openSegment(name, bytes, toyHash);
    ok(opened.ok);
    if (opened.ok) same([opened.value.header.label, opened.value.lines.length], ["Phone", 1]);
    equal(fileOf([line]).name, name);
  });

  it("is left alone when it is torn, damaged, renamed or not ours", () => {
    equal(failureOf(name, bytes.slice(0, -1)), "torn");
    equal(failureOf(name, bytes.replace("Phone", "Phony")), "damaged");
    equal(failureOf(name, `<html>${bytes.slice(6)}`), "damaged");
    for (const foreign of [
      "README.txt",
      "../../etc/passwd",
      `../${name}`,
      `a/${name}`,
      name.replace(".txt", ".lua"),
      name.toUpperCase(),
      name.replace("-d-", "-d-0"),
      name.replace("phonephone", "phonephon1"),
      "phonephone-000001-d-99999999-0123456789abcdef.txt",
      `${name}${"x".repeat(100_000)}`,
    ])
      equal(failureOf(foreign, bytes), "foreign");
  });

  it("of a newer version is not opened, whatever else it is", () => {
    const newer = bytes.replace('"min":1', '"min":2');
    const named = `phonephone-000001-d-${newer.length}-${toyHash(newer).slice(0, 16)}.txt`;
    equal(failureOf(named, newer), "newer");
    for (const content of ["", "\n", "return os.execute('x')\n", `{"f":"other"}\n`, `${"[".repeat(100_000)}\n`]) {
      equal(
        failureOf(`phonephone-000001-d-${content.length}-${toyHash(content).slice(0, 16)}.txt`, content),
        "garbled",
      );
    }
  });

  it("under a name that says another device or number than its header is no file of ours", () => {
    equal(failureOf(name.replace("000001", "000002"), bytes), "garbled");
    equal(failureOf(name.replace("phonephone", "tablettabl"), bytes), "garbled");
  });
});

describe("a line of a file", () => {
  it("comes back as it was, also in several pieces", () => {
    const annotations: Record<string, BookState["annotations"][string]> = {};
    for (const digits of ["10", "11", "12", "13"]) {
      for (const more of "0123456789abcdef0123456789abcdef".split("")) {
        annotations[`${digits}${more}${UID.slice(3)}`] = {
          note: written(stampOf(T1, PHONE), undefined, { [TABLET]: T2 }),
        };
      }
    }
    const state: BookState = {
      fields: { "summary.status": written(stampOf(T2, TABLET), "complete", {}) },
      annotations,
    };
    const lines = entryLines({ book: BOOK, state });
    let joined: BookState = EMPTY_STATE;
    for (const line of lines) {
      const read = readEntry(line);
      if (read.ok) joined = joinBooks(joined, read.value.state);
    }
    equal(lines.length, 2);
    equal(entryLine({ book: BOOK, state: joined }), entryLine({ book: BOOK, state }));
    equal(packLines(["aaaa", "bbbb", "cc"], 9).length, 2);
  });

  it("that makes no sense in part is taken without that part", () => {
    const good = `"${UID}":{"p":[["${stampOf(T1, PHONE)}","x"]]}`;
    const bad = [`"../../x":{}`, `"__proto__":{"p":[]}`, `"${UID.slice(1)}f":{"p":[["zzz",1]],"d":{"..":"0"}}`].join(
      ",",
    );
    const read = readEntry(
      `{"a":{${bad},${good}},"b":"${BOOK}","f":{"__proto__":[],"a/b.c":[["x"]],"x":1},"later":{}}`,
    );
    ok(read.ok);
    if (!read.ok) return;
    equal(read.value.state.annotations[UID]?.pos?.writes.length, 1);
    same(Object.keys(read.value.state.fields), []);
    for (const line of ["", "{}", `{"b":"md5:../../x"}`, "return {}", `{"b":"${BOOK}"`]) ok(!readEntry(line).ok, line);
  });

  it("with a stamp from the end of time is not believed", () => {
    const read = readEntry(`{"a":{},"b":"${BOOK}","f":{"summary.status":[["vvvvvvvvvvvv${PHONE}","complete"]]}}`);
    ok(read.ok && read.value.state.fields["summary.status"] === undefined);
  });
});

describe("the files of a device", () => {
  const names = (kind: "d" | "s", count: number, length: number): string[] => {
    const list: string[] = [];
    while (list.length < count) {
      const seq = `${100_000 + list.length}`;
      list.push(`phonephone-${seq}-${kind}-${length}-0123456789abcdef.txt`);
    }
    return list;
  };

  it("are merged when there are many small ones; large parts are left", () => {
    equal(dueForCompaction(names("d", 15, 500), PHONE).length, 0);
    const own = names("d", 16, 500).concat(names("s", 1, 900_000));
    equal(dueForCompaction(own, PHONE).length, 16);
    equal(dueForCompaction(own, TABLET).length, 0);
  });

  it("are merged some at a time, however many there are", () => {
    const lengthOf = (due: readonly string[]) =>
      due.reduce((total, name) => total + (readSegmentName(name)?.length ?? 0), 0);
    const large = names("s", 400, 128 * 1024);
    const due = dueForCompaction(large.concat(names("d", 40, 60 * 1024)), PHONE);
    equal(due.filter(name => name.includes("-d-")).length, 17);
    ok(due.length > 17);
    ok(lengthOf(due) <= 1536 * 1024);
    equal(partLength(lengthOf(large)), 512 * 1024);
    const rests = names("s", 30, 2000).concat(large, names("d", 16, 500));
    equal(dueForCompaction(rests, PHONE).filter(name => name.includes("-s-2000-")).length, 30);
  });

  it("say in their first line by which clock they were made", () => {
    const header = { device: PHONE, seq: 3, label: "a", hlc: T2, seen: {} };
    const { bytes } = encodeSegment("delta", header, ["{}"], () => "0".repeat(64));
    const read = readHeader(bytes);
    ok(read.ok && read.value.hlc === T2 && read.value.seq === 3);
    ok(!readHeader("").ok);
    ok(!readHeader("no end").ok);
  });

  it("keep what their device wrote and nobody wrote over, and every deletion", () => {
    const mine = note(PHONE, T1, "mine");
    const theirs = joinBooks(mine, {
      fields: {},
      annotations: { [UID]: { note: written(stampOf(T2, TABLET), tableOf({ note: "theirs" }), { [PHONE]: T1 }) } },
    });
    ok(compacted(mine, mine, [PHONE]).annotations[UID] !== undefined);
    ok(compacted(theirs, mine, [PHONE]).annotations[UID] === undefined);
    const deleted = joinBooks(theirs, { fields: {}, annotations: { [UID]: { dead: { [TABLET]: T2 } } } });
    same(compacted(deleted, mine, [PHONE]).annotations[UID], { dead: { [TABLET]: T2 } });
  });

  it("go only when what replaces them stands in the folder for a day and two syncs", () => {
    const [old = "", fresh = "", second = ""] = names("d", 3, 10);
    const replaced = { name: old, by: [fresh], at: 1000, syncs: 2 };
    const day = 1000 + 86_400;
    same(deletable([replaced], [old, fresh], day, PHONE), [old]);
    same(deletable([replaced], [old], day, PHONE), []);
    same(deletable([replaced], [old, fresh], day - 1, PHONE), []);
    same(deletable([{ ...replaced, syncs: 1 }], [old, fresh], day, PHONE), []);
    same(deletable([{ ...replaced, by: [] }], [old, fresh], day, PHONE), []);
    same(deletable([replaced], [old, fresh], day, TABLET), []);
    const inTwo = { ...replaced, by: [fresh, second] };
    same(deletable([inTwo], [old, fresh, second], day, PHONE), [old]);
    same(deletable([inTwo], [old, fresh], day, PHONE), []);
    same(deletable([inTwo], [old, second], day, PHONE), []);
  });

  it("that it did not write are a clone's, and its own unsent writes move to a new name", () => {
    const [mine = "", other = ""] = names("d", 2, 10);
    same(filesOfClone([mine, other, "x.txt"], PHONE, [mine]), [other]);
    equal(nextSeq([mine, other], PHONE, 7), 100_002);
    const unsent = joinBooks(note(PHONE, T1, "sent"), note(PHONE, T2, "unsent"));
    const moved = renamed(unsent, PHONE, TABLET, T1);
    const clone = joinBooks(moved, note(PHONE, tick(T2, 0), "the clone's"));
    // The one that was published before the folder was copied is known to both.
    same(
      clone.annotations[UID]?.note?.writes.map(write => getText(write.value, "note")),
      ["unsent", "the clone's"],
    );
    const hidden = joinBooks(unsent, note(PHONE, tick(T2, 0), "the clone's"));
    equal(hidden.annotations[UID]?.note?.writes.length, 1);
  });
});

describe("which books are one", () => {
  const A = "0".repeat(32);
  const B = "1".repeat(32);
  const C = "2".repeat(32);
  const stamp = stampOf(T1, PHONE);
  const entry = (digest: string, facts: Partial<Parameters<typeof bookFacts>[0]>): Entry => ({
    book: bookIdOf(digest),
    state: {
      fields: {
        [`book.${PHONE}`]: written(
          stamp,
          bookFacts({ sidecarDigest: digest, title: "Ash", authors: "M", ...facts }),
          {},
        ),
      },
      annotations: {},
    },
  });
  const books = (...entries: Entry[]): Record<string, BookState> => {
    const all: Record<string, BookState> = {};
    for (const each of entries) all[each.book] = each.state;
    return all;
  };

  it("is said by a digest or calibre's id, not by title or name", () => {
    const same2 = books(entry(A, {}), entry(B, { fileDigest: A, file: "same" }), entry(C, {}));
    equal(components(same2)[bookIdOf(B)], bookIdOf(A));
    equal(components(same2)[bookIdOf(C)], bookIdOf(C));
    const rewritten = books(entry(A, { fileDigest: B, file: "unsure" }), entry(B, {}));
    equal(components(rewritten)[bookIdOf(B)], bookIdOf(B));
    const uuid = { calibreUuid: "u-1" } as const;
    equal(
      components(books(entry(A, { ...uuid, engine: "rolling" }), entry(B, { ...uuid, engine: "rolling" })))[
        bookIdOf(B)
      ],
      bookIdOf(A),
    );
    equal(
      components(books(entry(A, { ...uuid, engine: "rolling" }), entry(B, { ...uuid, engine: "paging" })))[bookIdOf(B)],
      bookIdOf(B),
    );
  });

  it("is said by title and authors, or an identifier and authors, where no device has two of them", () => {
    const on = (device: DeviceId, digest: string, facts: Partial<Parameters<typeof bookFacts>[0]>): Entry => ({
      book: bookIdOf(digest),
      state: {
        fields: {
          [`book.${device}`]: written(
            stampOf(T1, device),
            bookFacts({ sidecarDigest: digest, title: "Ash", authors: "M", engine: "rolling", ...facts }),
            {},
          ),
        },
        annotations: {},
      },
    });
    const areOne = (facts: Parameters<typeof on>[2], other: Parameters<typeof on>[2], ...more: Entry[]): boolean => {
      const all = components(books(on(PHONE, A, facts), on(TABLET, B, other), ...more));
      return all[bookIdOf(A)] === all[bookIdOf(B)];
    };
    ok(areOne({}, {}));
    ok(!areOne({ engine: "paging" }, { engine: "paging" }));
    for (const each of [{ title: "Elm" }, { authors: "J" }, { authors: "" }, { title: "" }]) ok(!areOne({}, each));
    for (const authors of ["", "Unknown"]) ok(!areOne({ authors }, { authors }));
    const identifiers = identifiersIn("calibre:1\nISBN:9780306406157\nisbn:0000000000\nurn:x:9780306406157");
    same(identifiers, ["isbn:9780306406157"]);
    ok(areOne({ identifiers }, { identifiers, title: "Elm" }));
    ok(!areOne({ identifiers }, { identifiers, title: "Elm", authors: "J" }));
    ok(!areOne({}, {}, on(TABLET, C, {})), "two volumes");
    ok(!areOne({}, {}, on(PHONE, C, {})), "two volumes on the other");
    ok(areOne({}, {}, on(TABLET, C, { fileDigest: B, file: "same" })), "one file that was written anew");
    const more: Entry[] = [];
    while (more.length < MOST_ALIKE - 2) {
      more.push(on(TABLET, `${more.length}`.padEnd(32, "f"), { identifiers, title: `Another ${more.length}` }));
    }
    ok(areOne({ identifiers }, { identifiers, title: "Elm" }, ...more), "as many as may have one number");
    ok(!areOne({ identifiers }, { identifiers, title: "Elm" }, ...more, on(TABLET, C, { identifiers })), "one more");
    const links = link(EMPTY_STATE, bookIdOf(A), bookIdOf(B), false, stamp);
    const apart = components({ ...books(on(PHONE, A, {}), on(TABLET, B, {})), links });
    ok(apart[bookIdOf(A)] !== apart[bookIdOf(B)], "the reader says that they are two");
  });

  it("is what the reader says, and parting them again loses nothing", () => {
    const all = books(entry(A, {}), entry(B, {}));
    const links = link(EMPTY_STATE, bookIdOf(B), bookIdOf(A), true, stamp);
    const linked: Record<string, BookState> = { ...all, links };
    equal(components(linked)[bookIdOf(B)], bookIdOf(A));
    const noted: Record<string, BookState> = {
      ...linked,
      [bookIdOf(B)]: joinBooks(linked[bookIdOf(B)] ?? EMPTY_STATE, note(PHONE, T1, "b")),
    };
    ok(unionOf(noted, components(noted), bookIdOf(A)).annotations[UID] !== undefined);
    const words = link(links, bookIdOf(A), bookIdOf(B), false, stampOf(T2, PHONE));
    const apart = joinBooks(links, words);
    const parted: Record<string, BookState> = { ...noted, links: apart };
    ok(unionOf(parted, components(parted), bookIdOf(A)).annotations[UID] === undefined);
    ok(unionOf(parted, components(parted), bookIdOf(B)).annotations[UID] !== undefined);
    const calibre = books(entry(A, {}), entry(B, { fileDigest: A, file: "same" }));
    equal(components({ ...calibre, links: apart })[bookIdOf(B)], bookIdOf(B));
  });
});
