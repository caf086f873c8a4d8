// What workers make of books becomes true only as it was made of what still is: the parent's side of it, on a store of its own.
import { newDevice } from "../support/lua/sidecar-device";
import { type Sheet, type StoreChange, rowOf } from "../../src/app/sdr/afar/change";
import { commit } from "../../src/app/sdr/afar/commit";
import { Given } from "../../src/app/sdr/afar/given";
import { type Batch, type BatchNews, workOn, type WorkOn } from "../../src/app/sdr/afar/work";
import { Account } from "../../src/app/sdr/account";
import type { Delivered } from "../../src/app/sdr/deliver-book";
import { Delivering } from "../../src/app/sdr/delivering";
import { Notebook } from "../../src/app/sdr/notebook";
import { OneBook } from "../../src/app/sdr/one-book";
import type { SdrTools } from "../../src/app/sdr/tools";
import { beginRound, endRound, noteToTell, toTell, toTellNow } from "../../src/app/sdr/to-tell";
import { EMPTY_STATE } from "../../src/core/sdr/index";
import { json } from "../../src/koreader/json";
import { readSheet } from "../../src/koreader/sdr-sheets";
import { sdrStore } from "../../src/koreader/store/sdr-store";
import { describe, equal, it, ok, same } from "../support/spec";

const BOOK = "md5:0123456789abcdef0123456789abcdef";
const OTHER = "md5:fedcba9876543210fedcba9876543210";
const FILE = "/books/ash.epub";

function sheetOf(read: readonly string[], changes: readonly StoreChange[]): Sheet<object> {
  return { task: 0, read, changes, result: false, lacks: [], problem: false };
}

const unsent = (text?: string): StoreChange => ({
  kind: "value",
  key: `unsent:${BOOK}`,
  ...(text !== undefined && { text }),
});

/** A notebook that a worker was just told of. */
function watched(): Notebook {
  newDevice();
  const notebook = new Notebook(sdrStore());
  notebook.watch();
  return notebook;
}

describe("a notebook", () => {
  it("is written whole, or not at all", () => {
    const notebook = watched();
    notebook.set("unsent", BOOK, "some");
    notebook.also(() => {
      error("the disk is full", 0);
    });
    const [isWritten] = pcall(() => {
      notebook.flush();
    });
    equal(isWritten, false);
    equal(notebook.store.values.get(`unsent:${BOOK}`), undefined);
    sdrStore().close();
  });
});

describe("what a worker made", () => {
  it("becomes true where nobody changed anything meanwhile", () => {
    const notebook = watched();
    ok(
      commit(notebook, sheetOf([rowOf.state(BOOK)], [{ kind: "state", book: BOOK, text: "a state" }, unsent("some")])),
    );
    equal(notebook.store.books.state(BOOK), "a state");
    equal(notebook.get("unsent", BOOK), "some");
    sdrStore().close();
  });

  it("is nothing where something that it read, or that it changes, is another now", () => {
    for (const [read, change] of [
      [[rowOf.value(`unsent:${BOOK}`)], { kind: "state", book: OTHER, text: "theirs" }],
      [[], unsent()],
    ] as const) {
      // prettier-ignore
      const notebook = watched();
      notebook.set("unsent", BOOK, "of the reader, just now");
      equal(commit(notebook, sheetOf(read, [{ kind: "state", book: OTHER, text: "theirs" }, change])), false);
      equal(notebook.get("unsent", BOOK), "of the reader, just now");
      equal(notebook.store.books.state(OTHER), undefined);
      sdrStore().close();
    }
  });

  it("is nothing where it was made of something that came to nothing", () => {
    const notebook = watched();
    notebook.setState(BOOK, EMPTY_STATE);
    equal(commit(notebook, sheetOf([rowOf.state(BOOK)], [{ kind: "state", book: OTHER, text: "one" }])), false);
    equal(commit(notebook, sheetOf([rowOf.state(OTHER)], [unsent("made of one")])), false);
    equal(notebook.get("unsent", BOOK), undefined);
    sdrStore().close();
  });

  it("moves the clock on, and never back; that alone is no reason to do anything again", () => {
    const notebook = watched();
    const clock = (text: string): StoreChange => ({ kind: "value", key: "hlc", text });
    ok(commit(notebook, sheetOf([rowOf.value("hlc")], [clock("1jnosl6g0005")])));
    notebook.setRaw("hlc", "1jnosl6g0009");
    ok(commit(notebook, sheetOf([rowOf.value("hlc")], [clock("1jnosl6g0007")])));
    equal(notebook.getRaw("hlc"), "1jnosl6g0009");
    ok(commit(notebook, sheetOf([rowOf.value("hlc")], [clock("1jnosl6g000b")])));
    equal(notebook.getRaw("hlc"), "1jnosl6g000b");
    sdrStore().close();
  });
});

/** What a worker with this work hands in, sheet by sheet. */
function handedIn(notebook: Notebook, given: Given, work: WorkOn<object, object>): Sheet<object>[] {
  const sheets: Sheet<object>[] = [];
  const device = { over: () => device };
  const tools = { notebook, device } as unknown as SdrTools;
  const batch: Batch<object> = { name: "spec", tasks: [{}], given, one: new OneBook(notebook) };
  workOn(tools, batch, work, (news: BatchNews) => {
    const sheet = news.at < 0 ? undefined : readSheet(batch.name, news);
    if (sheet !== undefined) sheets.push(sheet as Sheet<object>);
  });
  return sheets;
}

describe("a worker that was not given all that it asks for", () => {
  it("hands in nothing but what it lacks", () => {
    const notebook = watched();
    notebook.set("unsent", OTHER, "not to be taken for nothing");
    notebook.flush();
    const given = new Given(notebook.store);
    given.book(BOOK);
    const work: WorkOn<object, object> = (tools, _task, handIn) => {
      tools.notebook.set("unsent", BOOK, tools.notebook.get("unsent", OTHER) ?? "nothing");
      handIn({});
    };
    const [sheet, ...more] = handedIn(notebook, given, work);
    same(more, []);
    same(sheet?.changes, []);
    same(sheet?.lacks, [rowOf.value(`unsent:${OTHER}`)]);
    given.give(rowOf.value(`unsent:${OTHER}`));
    const [whole] = handedIn(notebook, given, work);
    same(whole?.lacks, []);
    same(whole?.changes, [unsent("not to be taken for nothing")]);
    sdrStore().close();
  });

  it("reads what it changed itself, and not what it dropped", () => {
    const notebook = watched();
    const given = new Given(notebook.store);
    given.book(BOOK);
    const sheets = handedIn(notebook, given, (tools, _task, handIn) => {
      tools.notebook.set("unsent", BOOK, "first");
      handIn({});
      tools.notebook.set("out", BOOK, tools.notebook.get("unsent", BOOK));
      handIn({});
      tools.notebook.set("out", BOOK, "never");
      error("a mistake", 0);
    });
    same(
      sheets.map(({ changes }) => changes),
      [[unsent("first")], [{ kind: "value", key: `out:${BOOK}`, text: "first" }], []],
    );
    equal(sheets[2]?.problem, "a mistake");
    sdrStore().close();
  });
});

/** A book of this device that is due, and what a delivery makes of it. */
function due(): { notebook: Notebook; deliver: (this: void, meanwhile: (this: void) => void) => void } {
  newDevice();
  const notebook = new Notebook(sdrStore());
  notebook.setState(BOOK, EMPTY_STATE);
  notebook.setSidecar({ file: FILE, book: BOOK, stamp: "x", shadow: "" });
  notebook.set("deliver", BOOK, "1");
  notebook.flush();
  notebook.watch();
  const nothing = (): undefined => undefined;
  const tools = { notebook, openFile: nothing, openBook: nothing } as unknown as SdrTools;
  const one = new OneBook(notebook);
  const account = { incoming: () => {} } as unknown as Account;
  const delivering = new Delivering({ tools, one, account, isPreview: false, told: () => {} });
  const deliver = (meanwhile: (this: void) => void): void => {
    const task = delivering.next(new Given(notebook.store), () => {}) ?? error("nothing is due");
    meanwhile();
    const idle = {
      file: FILE,
      book: BOOK,
      incoming: [],
      write: false,
      shadow: "",
      isLeft: false,
      staged: false,
    } as const;
    delivering.take(task, idle satisfies Delivered, () => {});
  };
  return { notebook, deliver };
}

describe("a book that was delivered to", () => {
  it("is done with", () => {
    const { notebook, deliver } = due();
    deliver(() => {});
    equal(notebook.get("deliver", BOOK), undefined);
    sdrStore().close();
  });

  it("is due again where something came for it meanwhile", () => {
    const { notebook, deliver } = due();
    deliver(() => {
      notebook.set("deliver", BOOK, "1");
    });
    equal(notebook.get("deliver", BOOK), "1");
    sdrStore().close();
  });
});

describe("what is told of a book", () => {
  const added = { kind: "added", uid: "0", text: "the ash tree" } as const;

  it("is told once, and goes on waiting where it was noted after all was made into files", () => {
    const notebook = watched();
    for (const book of [BOOK, OTHER]) noteToTell(notebook, json, book, [added]);
    beginRound(notebook);
    noteToTell(notebook, json, OTHER, [added]);
    equal(toTellNow(notebook, BOOK)?.count, 1);
    equal(toTellNow(notebook, OTHER), undefined);
    endRound(notebook);
    equal(toTell(notebook, BOOK), undefined);
    equal(toTell(notebook, OTHER)?.count, 2);
    beginRound(notebook);
    equal(toTellNow(notebook, OTHER)?.count, 2);
    sdrStore().close();
  });

  it("is told of however many books changed meanwhile, and by the run that sends what another could not", () => {
    const notebook = watched();
    noteToTell(notebook, json, BOOK, [added]);
    beginRound(notebook);
    // That run failed.
    beginRound(notebook);
    equal(toTellNow(notebook, BOOK)?.count, 1);
    const books = Array.from({ length: 200 }, (_, index) => `md5:${index}`);
    for (const book of books) noteToTell(notebook, json, book, [added]);
    endRound(notebook);
    equal(books.filter(book => toTell(notebook, book) !== undefined).length, 200);
    equal(toTell(notebook, BOOK), undefined);
    sdrStore().close();
  });
});
