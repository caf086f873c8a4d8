/** A sync of highlights that does what a spec says, for states that a real one is hard to bring into. */
import type { CloudAccount } from "../../../src/core/cloud-accounts";
import type { Failure } from "../../../src/core/failure";
import { failure, type Result, success } from "../../../src/core/result";
import { SDR_DEFAULTS, type SdrOptions, type SdrTarget } from "../../../src/core/sdr-settings";
import type { EpochSeconds } from "../../../src/core/units";
import type { Cancel } from "../../../src/ports/scheduler";
import type * as Port from "../../../src/ports/sdr-sync";

const NOW = os.time() as EpochSeconds;

const EMPTY: Port.SdrPreview = { books: [], others: 0, files: 0, bytes: 0 };

type Watcher = (this: void, status: Port.SdrStatus) => void;

/** A spec writes the fields before a `_` by their names, and reads what was called in `calls`. */
class FakeSdr implements Port.SdrSync {
  calls: string[] = [];
  state: Port.SdrState = { kind: "off" };
  target: SdrTarget | undefined;
  lastSuccess: EpochSeconds | undefined;
  heldOnes: Port.SdrHeld[] = [];
  unsent = 0;
  hasNewer = false;
  accountList: CloudAccount[] = [];
  /** One after another; the last again and again. */
  tests: Result<Port.SdrTested, Failure>[] = [success({ files: 0, devices: 0, others: 0 })];
  optionsNow: SdrOptions = SDR_DEFAULTS;
  refusal: Port.SdrRefusal | undefined;
  /** A tap asks for a network first: a run begins when `progress` is told. */
  isOffline = false;
  /** What a run leads to when `finish` ends it. */
  after: Port.SdrState = { kind: "idle" };
  previewed: Result<Port.SdrPreview, Failure> = success(EMPTY);
  runs: Port.SdrRun[] = [];
  conflictList: Port.SdrConflict[] = [];
  trashed: Port.SdrTrashItem[] = [];
  deviceList: Port.SdrDevice[] = [];
  bookList: Port.SdrKnownBook[] = [];
  othersFound = 0;
  private joined: [string, string][] = [];
  stagedNow: Port.SdrStaged | undefined;
  /** So many times something lies over the book when they are to be put in. */
  covered = 0;
  private watchers: Watcher[] = [];

  private call(...words: string[]): void {
    this.calls.push(words.join(" "));
  }

  private tell(): void {
    for (const watcher of this.watchers.slice()) watcher(this.status());
  }

  /** Ends the run. */
  finish(): void {
    this.state = this.after;
    this.tell();
  }

  /** A step further. */
  progress(step: Port.SdrStep, done: number, of: number): void {
    this.state = { kind: "running", trigger: "tap", progress: { step, done, of } };
    this.tell();
  }

  private begin(what: string): Port.SdrRefusal | undefined {
    this.call(what);
    if (this.refusal !== undefined) return this.refusal;
    if (this.state.kind === "off") return "off";
    if (!this.isOffline) this.progress("looking", 0, 0);
    return undefined;
  }

  status(): Port.SdrStatus {
    return {
      state: this.state,
      ...(this.target === undefined ? {} : { target: this.target }),
      ...(this.lastSuccess === undefined ? {} : { lastSuccess: this.lastSuccess }),
      books: 2,
      unsent: this.unsent,
      held: this.heldOnes.length,
      hasNewer: this.hasNewer,
    };
  }

  watch(changed: Watcher): Cancel {
    this.watchers.push(changed);
    changed(this.status());
    return () => {
      this.watchers = this.watchers.filter(each => each !== changed);
    };
  }

  watcherCount(): number {
    return this.watchers.length;
  }

  accounts(): CloudAccount[] {
    return this.accountList;
  }

  test(target: SdrTarget, done: (this: void, tested: Result<Port.SdrTested, Failure>) => void): Cancel {
    const words =
      target.kind === "folder" ? target.path : `${target.user}:${target.password}@${target.url}|${target.folder}`;
    const more = target.kind === "webdav" ? ` ${target.pin ?? ""}${target.mayTravelOpenly === true ? "open" : ""}` : "";
    this.call("test", `${words}${more}`);
    const [next] = this.tests;
    if (this.tests.length > 1) this.tests = this.tests.slice(1);
    if (next !== undefined) done(next);
    return () => {
      this.call("test cancelled");
    };
  }

  choose(target: SdrTarget): void {
    this.call("choose", target.kind === "folder" ? target.path : target.name);
    this.target = target;
    this.state = { kind: "idle" };
  }

  switchOff(): void {
    this.call("switchOff");
    this.state = { kind: "off" };
  }

  options(): SdrOptions {
    return this.optionsNow;
  }

  saveOptions(changes: Partial<SdrOptions>): void {
    this.optionsNow = { ...this.optionsNow, ...changes };
  }

  syncNow(): Port.SdrRefusal | undefined {
    return this.begin("syncNow");
  }

  cancel(): void {
    this.call("cancel");
    this.finish();
  }

  preview(done: (this: void, preview: Result<Port.SdrPreview, Failure>) => void): Cancel {
    this.call("preview");
    done(this.previewed);
    return () => {};
  }

  applyPreview(): Port.SdrRefusal | undefined {
    this.refusal = undefined;
    this.state = { kind: "idle" };
    return this.begin("applyPreview");
  }

  publishAgain(): Port.SdrRefusal | undefined {
    this.refusal = undefined;
    this.state = { kind: "idle" };
    return this.begin("publishAgain");
  }

  history(limit: number): Port.SdrRun[] {
    return this.runs.slice(0, limit);
  }

  conflicts(limit: number): Port.SdrConflict[] {
    return this.conflictList.slice(0, limit);
  }

  settle(conflict: Port.SdrConflict, index: number): void {
    this.call("settle", conflict.id, tostring(index));
    this.conflictList = this.conflictList.filter(({ id }) => id !== conflict.id);
  }

  trashBooks(): Port.SdrTrashBook[] {
    const books: Port.SdrTrashBook[] = [];
    for (const { book, title } of this.trashed) {
      if (books.some(each => each.book === book)) continue;
      books.push({ book, title, authors: "", count: this.trash(book).length });
    }
    return books;
  }

  trash(book: string): Port.SdrTrashItem[] {
    return this.trashed.filter(item => item.book === book);
  }

  restore(items: readonly Port.SdrTrashItem[]): void {
    this.call("restore", items.map(({ uid }) => uid).join(","));
    const back = items.map(({ uid }) => uid);
    this.trashed = this.trashed.filter(({ uid }) => !back.includes(uid));
  }

  books({ words, like }: Port.SdrBookQuery, done: (this: void, found: Port.SdrBooksFound) => void): Cancel {
    this.call("books", words, like ?? "");
    const not = like === undefined ? [] : this.filesOf(like).map(({ book }) => book);
    const books = this.bookList.filter(({ book, title }) => !not.includes(book) && title.toLowerCase().includes(words));
    done({ books, others: this.othersFound });
    return () => {};
  }

  filesOf(book: string): Port.SdrKnownBook[] {
    const others = this.joined.filter(pair => pair.includes(book)).map(([a, b]) => (a === book ? b : a));
    return this.bookList
      .filter(each => each.book === book)
      .concat(this.bookList.filter(each => others.includes(each.book)));
  }

  join(book: string, other: string): void {
    this.call("join", book, other);
    this.joined.push([book, other]);
  }

  part(book: string): void {
    this.call("part", book);
    this.joined = this.joined.filter(pair => !pair.includes(book));
  }

  devices(): Port.SdrDevice[] {
    return this.deviceList;
  }

  renameThis(label: string): void {
    this.deviceList = this.deviceList.map(each => (each.isThis ? { ...each, label } : each));
  }

  retire(id: string): void {
    this.deviceList = this.deviceList.map(each => (each.id === id ? { ...each, isRetired: true } : each));
  }

  held(): Port.SdrHeld[] {
    return this.heldOnes;
  }

  private release(book: string): void {
    this.heldOnes = this.heldOnes.filter(each => each.book !== book);
  }

  deleteHeld(book: string): void {
    this.call("deleteHeld", book);
    this.release(book);
  }

  putHeldBack(book: string): void {
    this.call("putHeldBack", book);
    this.release(book);
  }

  staged(): Port.SdrStaged | undefined {
    return this.stagedNow;
  }

  applyStaged(): void {
    this.call("applyStaged");
    if (this.covered === 0) this.stagedNow = undefined;
    else this.covered -= 1;
  }
}

const WEEK = 7 * 86400;

const added = (uid: string, text: string): Port.SdrChange => ({ kind: "added", uid, text });

const EMMA: Port.SdrBookChanges = {
  book: "emma",
  title: "Emma",
  authors: "Jane Austen",
  incoming: [
    added("1", "handsome, clever, and rich, with a comfortable home and happy disposition"),
    { kind: "changed", uid: "2", text: "The real evils, indeed, of Emma’s situation", groups: ["note", "sty"] },
    { kind: "deleted", uid: "3", text: "" },
    { kind: "set", name: "summary.status" },
  ],
  outgoing: [added("4", "a mind lively and at ease, can do with seeing nothing")],
};

const FERRY: Port.SdrBookChanges = {
  book: "ferry",
  title: "The Ferry Keeper",
  authors: "Mara Lindqvist",
  incoming: [added("5", "The river does not care who pays."), added("6", "fog")],
  outgoing: [],
  isLater: true,
};

/** Through a cloud for weeks: something of everything. */
function fill(fake: FakeSdr): void {
  fake.state = { kind: "idle" };
  fake.target = { kind: "webdav", name: "Nextcloud", url: "https://cloud.example.org/remote.php/dav/files/me", folder: "Books/Ribbon", user: "me", password: "secret" }; // prettier-ignore
  fake.lastSuccess = (NOW - 300) as EpochSeconds;
  fake.previewed = success({ books: [EMMA, FERRY], others: 0, files: 3, bytes: 4200 });
  const run = { trigger: "close", requests: 3, bytesIn: 2300, bytesOut: 900, seconds: 1.4, books: [] } as const;
  fake.runs = [
    { ...run, at: (NOW - 300) as EpochSeconds, books: [EMMA, FERRY] },
    { ...run, at: (NOW - 9000) as EpochSeconds, trigger: "connected" },
    { ...run, at: (NOW - WEEK) as EpochSeconds, trigger: "tap", failure: { reason: "auth" } },
  ];
  fake.conflictList = [
    {
      book: "emma",
      title: "Emma",
      id: "c1",
      what: { kind: "annotation", group: "note", text: "handsome, clever, and rich" },
      values: [
        { device: "Kobo", at: (NOW - 4000) as EpochSeconds, text: "How she is introduced" },
        { device: "Phone", at: (NOW - 3000) as EpochSeconds, text: "Compare with Persuasion" },
      ],
    },
    {
      book: "ferry",
      title: "The Ferry Keeper",
      id: "c2",
      what: { kind: "field", name: "summary.rating" },
      values: [{ device: "Kobo", text: "4" }, { device: "Phone" }],
    },
  ];
  fake.trashed = [
    { book: "emma", title: "Emma", uid: "t1", text: "It darted through her with the speed of an arrow", note: "!" },
    { book: "emma", title: "Emma", uid: "t2", text: "", note: "" },
    { book: "ferry", title: "The Ferry Keeper", uid: "t3", text: "the rope", note: "" },
  ];
  fake.bookList = [
    { book: "emma", title: "Emma", authors: "Jane Austen", count: 40, devices: ["Kobo", "Phone"], isOnScreen: true },
    { book: "pdf", title: "austen_emma_1815", authors: "", count: 3, devices: ["Phone"], hasPages: true },
    { book: "ferry", title: "The Ferry Keeper", authors: "Mara Lindqvist", count: 12, devices: ["Kobo"] },
    { book: "again", title: "The Ferry Keeper and Other Stories of the River", authors: "Lindqvist, Mara", count: 1, devices: ["Old Kindle"] },
    { book: "none", title: "", authors: "", count: 0, devices: [] },
  ]; // prettier-ignore
  fake.deviceList = [
    { id: "a", label: "Kobo", isThis: true, isRetired: false },
    { id: "b", label: "Phone", isThis: false, isRetired: false, lastSeen: (NOW - 7200) as EpochSeconds },
    { id: "c", label: "Old Kindle", isThis: false, isRetired: true, lastSeen: (NOW - 9 * WEEK) as EpochSeconds },
  ];
}

/** Nothing is set up. */
export const emptySdr = (): FakeSdr => new FakeSdr();

export function filledSdr(): FakeSdr {
  const fake = new FakeSdr();
  fill(fake);
  return fake;
}

/** For specs, which are written in another language. */
export const broken = (reason: Failure): Result<never, Failure> => failure(reason);
