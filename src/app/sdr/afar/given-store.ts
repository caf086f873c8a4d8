import { epochSeconds } from "../../../core/units";
import type { KnownSidecar, SdrStore } from "../../../ports/sdr-store";
import { changedRow, rowOf, type StoreChange } from "./change";
import type { Given, Row } from "./given";

/** The rows that a worker reads, and notes which; what it would change is only noted, and read back. */
export class GivenRows {
  /** Rows that a task was not told of. */
  lacks: string[] = [];
  private read = new LuaSet<string>();
  private readNames: string[] = [];
  private changes: StoreChange[] = [];
  /** What the parent will know once it has what was handed in; and what is not handed in yet. */
  private readonly changed = new LuaMap<string, Row>();
  private staged = new LuaMap<string, Row>();

  constructor(private readonly given: Given) {}

  /** One that was not given counts as empty, until all is known that is lacking: what is made of that is not handed in. */
  get(name: string, empty: Row): Row {
    if (!this.read.has(name)) {
      this.read.add(name);
      this.readNames.push(name);
    }
    const row = this.staged.get(name) ?? this.changed.get(name) ?? this.given.row(name);
    if (row === undefined) this.lacks.push(name);
    return row ?? empty;
  }

  change(change: StoreChange, row: Row): void {
    this.changes.push(change);
    const name = changedRow(change);
    if (name !== undefined) this.staged.set(name, row);
  }

  /** What was read and changed since the last call. */
  handIn(): { readonly read: readonly string[]; readonly changes: readonly StoreChange[] } {
    const taken = { read: this.readNames, changes: this.changes };
    for (const [name, row] of this.staged) this.changed.set(name, row);
    this.drop();
    return taken;
  }

  /** What was not handed in did not happen. */
  drop(): void {
    this.read = new LuaSet();
    this.staged = new LuaMap();
    this.readNames = [];
    this.changes = [];
    this.lacks = [];
  }
}

/** What work on books and on files of ours needs of the store. */
interface WorkerStore {
  readonly books: Pick<SdrStore["books"], "state" | "saveState">;
  readonly sidecars: Pick<SdrStore["sidecars"], "find" | "save">;
  readonly segments: Pick<SdrStore["segments"], "add" | "content">;
  readonly questions: Pick<SdrStore["questions"], "hold" | "release">;
  readonly values: Pick<SdrStore["values"], "get" | "set" | "remove" | "deletions" | "forgetDeletions">;
  together(work: (this: void) => void): void;
}

function ofBooks(rows: GivenRows): Pick<WorkerStore, "books" | "sidecars" | "segments" | "questions"> {
  return {
    books: {
      state: book => rows.get(rowOf.state(book), "") as string,
      saveState: (book, text) => {
        rows.change({ kind: "state", book, text }, text);
      },
    },
    sidecars: {
      find: file => known(rows.get(rowOf.sidecar(file), false)) as KnownSidecar | undefined,
      save: sidecar => {
        rows.change({ kind: "sidecar", sidecar }, sidecar);
      },
    },
    segments: {
      add: (name, content, at) => {
        rows.change({ kind: "segment", name, content, at }, false);
      },
      content: name => known(rows.get(rowOf.segment(name), false)) as string | undefined,
    },
    questions: {
      hold: (book, at, payload) => {
        rows.change({ kind: "question", book, at, payload }, false);
      },
      release: book => {
        rows.change({ kind: "question", book, at: epochSeconds(0) }, false);
      },
    },
  };
}

const known = (row: Row): Row | undefined => (row === false ? undefined : row);

/** The store as a worker has it. What is asked for of all books at once is not there: calling it ends the task. */
export function givenStore(rows: GivenRows): SdrStore {
  const store: WorkerStore = {
    ...ofBooks(rows),
    values: {
      get: key => known(rows.get(rowOf.value(key), false)) as string | undefined,
      set: (key, text) => {
        rows.change({ kind: "value", key, text }, text);
      },
      remove: key => {
        rows.change({ kind: "value", key }, false);
      },
      deletions: file => rows.get(rowOf.deletions(file), []) as string[],
      forgetDeletions: file => {
        rows.change({ kind: "deletions", file }, []);
      },
    },
    together: work => {
      work();
    },
  };
  return store as unknown as SdrStore;
}
