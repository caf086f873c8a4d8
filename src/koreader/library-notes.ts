import type { ListKey, ReadState } from "../core/catalogue";
import { wordsOf } from "../core/list-key";
import { type EpochSeconds, epochSeconds } from "../core/units";
import { json } from "./json";
import { type LibraryFolder, unfinished, finish } from "./library-folder";
import { fieldsOf, tableOf, textsOf } from "./list-entry";

/** What a server may lack: a list, or more about a book. */
export type Lacking = ListKey["kind"] | "details" | "covers";

/** What can be set from a device. */
const STATES: readonly ReadState[] = ["unread", "reading", "read"];
const MOST_SEARCHES = 8;
const MOST_MARKS = 200;
/** What a server lacked is asked for again the next day: it may have been updated. */
const DAY = 86_400;
const MOST_BYTES = 256 * 1024;

/** A state that the reader set from here; lists that were fetched before do not know of it. */
interface Mark {
  readonly state: ReadState;
  readonly at: EpochSeconds;
}

/** What is known of one library besides its lists, in one small file. */
export class LibraryNotes {
  private searches: string[] = [];
  private readonly lacking = new LuaMap<string, number>();
  private readonly marks = new LuaMap<string, Mark>();

  constructor(
    private readonly folder: LibraryFolder,
    private readonly now: () => EpochSeconds,
  ) {
    this.read();
  }

  recentSearches(): string[] {
    return this.searches.slice(0, MOST_SEARCHES);
  }

  searched(typed: string): void {
    const words = wordsOf(typed);
    if (words === "") return;
    const others = this.searches.filter(known => known !== words);
    this.searches = [words].concat(others).slice(0, MOST_SEARCHES);
    this.write();
  }

  lacks(what: Lacking): boolean {
    const at = this.lacking.get(what);
    return at !== undefined && math.abs(this.now() - at) < DAY;
  }

  /** The server said so, or showed that it has it after all. */
  noteLacking(what: Lacking, isLacking: boolean): void {
    if (isLacking === this.lacks(what)) return;
    if (isLacking) this.lacking.set(what, this.now());
    else this.lacking.delete(what);
    this.write();
  }

  marked(remoteId: string, state: ReadState): void {
    this.marks.set(remoteId, { state, at: this.now() });
    this.write();
  }

  /** What the reader set after a list was fetched. */
  markSince(remoteId: string, fetchedAt: EpochSeconds): ReadState | undefined {
    const mark = this.marks.get(remoteId);
    return mark !== undefined && mark.at >= fetchedAt ? mark.state : undefined;
  }

  private read(): void {
    const [file] = io.open(this.folder.notes(), "rb");
    const text = file?.read(MOST_BYTES) ?? "";
    file?.close();
    const fields = tableOf(json.decode(text));
    this.searches = textsOf(fields["searches"]).slice(0, MOST_SEARCHES);
    for (const [what, at] of pairs(fieldsOf(fields["lacking"]))) {
      if (type(at) === "number") this.lacking.set(tostring(what), at as number);
    }
    for (const [id, entry] of pairs(fieldsOf(fields["marks"]))) {
      const { state, at } = fieldsOf(entry);
      const set = STATES.find(known => known === state);
      if (set === undefined || type(at) !== "number") continue;
      this.marks.set(tostring(id), { state: set, at: epochSeconds(at as number) });
    }
  }

  private write(): void {
    this.forgetOldMarks();
    this.folder.make();
    const [file] = io.open(unfinished(this.folder.notes()), "wb");
    if (file === undefined) return;
    const { searches, lacking, marks } = this;
    const [written] = file.write(json.encode({ searches, lacking, marks }));
    file.close();
    if (written !== undefined) finish(this.folder.notes());
  }

  private forgetOldMarks(): void {
    let count = 0;
    let oldest: string | undefined;
    for (const [id, { at }] of this.marks) {
      count += 1;
      if (oldest === undefined || at < (this.marks.get(oldest)?.at ?? 0)) oldest = id;
    }
    if (count > MOST_MARKS && oldest !== undefined) this.marks.delete(oldest);
  }
}
