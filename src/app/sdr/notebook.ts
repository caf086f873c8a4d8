import { type BookState, joinBooks } from "../../core/sdr/index";
import type { KnownSidecar, SdrStore } from "../../ports/sdr-store";
import { rowOf } from "./afar/change";
import { fieldsOfText, stateOfText, textOfState } from "./state-text";

/** Enough for one transaction: about what a book needs. A commit is cheap, the texts of many states hold the loop. */
const MOST_BYTES = 16 * 1024;
const MOST_CHANGES = 6;

/** Keys of single values; each is followed by a book, a file, a device or the name of a segment. */
export type ValueKind =
  | "unsent"
  | "out"
  | "deliver"
  | "anchor"
  | "pending"
  | "session"
  | "device"
  | "ids"
  | "like"
  | "conflict"
  | "trash"
  | "known"
  | "replaced"
  | "retired"
  | "told"
  | "bad";

/** What readers said of which books are one is kept as if it were a book. */
export const LINKS = "links";

const keyOf = (kind: ValueKind, of: string): string => `${kind}:${of}`;

/**
 * What a run is about to change in the store: written in one go, so that after a crash a book's state, its shadow and what of it
 * waits to be sent fit together. Reads see what is not written yet.
 */
export class Notebook {
  private states = new LuaMap<string, BookState>();
  private sidecars = new LuaMap<string, KnownSidecar>();
  private values = new LuaMap<string, string | false>();
  private afterwards: (() => void)[] = [];
  private bytes = 0;
  private changes = 0;
  private touched: LuaSet<string> | undefined;
  /** Grows whenever the reader says which books are one. */
  linksAge = 0;

  constructor(readonly store: SdrStore) {}

  state(book: string): BookState {
    return this.states.get(book) ?? stateOfText(this.store.books.state(book));
  }

  /** The same without annotations, which are the most of it. */
  fields(book: string): BookState {
    const { fields } = this.states.get(book) ?? fieldsOfText(book, this.store.books.state(book));
    return { fields, annotations: {} };
  }

  setState(book: string, state: BookState): void {
    this.states.set(book, state);
    this.changes += 1;
    if (book === LINKS) this.linksAge += 1;
    this.touch(rowOf.state(book));
  }

  /** From now on it is remembered what is changed here: a worker is about to be told how things stand. */
  watch(): void {
    this.touched = new LuaSet();
  }

  touch(row: string): void {
    this.touched?.add(row);
  }

  /** Whether this row was changed here since `watch`. */
  wasTouched(row: string): boolean {
    return this.touched?.has(row) === true;
  }

  sidecar(file: string): KnownSidecar | undefined {
    return this.sidecars.get(file) ?? this.store.sidecars.find(file);
  }

  setSidecar(sidecar: KnownSidecar): void {
    this.sidecars.set(sidecar.file, sidecar);
    this.bytes += sidecar.shadow.length;
    this.changes += 1;
    this.touch(rowOf.sidecar(sidecar.file));
  }

  get(kind: ValueKind, of: string): string | undefined {
    const key = keyOf(kind, of);
    const pending = this.values.get(key);
    return pending === undefined ? this.store.values.get(key) : pending === false ? undefined : pending;
  }

  set(kind: ValueKind, of: string, value: string | undefined): void {
    this.setRaw(keyOf(kind, of), value);
  }

  /** Those that have such a value, where they are few; what is not written yet is written first. */
  all(kind: ValueKind): string[] {
    this.flush();
    return this.store.values.keysWith(`${kind}:`).map(key => key.slice(kind.length + 1));
  }

  /** At most so many of them, after this one ("": from the start): where every book may have one. */
  after(kind: ValueKind, of: string, limit: number): string[] {
    this.flush();
    const keys = this.store.values.keysAfter(`${kind}:`, keyOf(kind, of), limit);
    return keys.map(key => key.slice(kind.length + 1));
  }

  /** The same with their texts. */
  rowsAfter(kind: ValueKind, of: string, limit: number): { readonly of: string; readonly value: string }[] {
    this.flush();
    const rows = this.store.values.rowsAfter(`${kind}:`, keyOf(kind, of), limit);
    return rows.map(({ key, value }) => ({ of: key.slice(kind.length + 1), value }));
  }

  count(kind: ValueKind): number {
    this.flush();
    return this.store.values.countWith(`${kind}:`);
  }

  getRaw(key: string): string | undefined {
    const pending = this.values.get(key);
    return pending === undefined ? this.store.values.get(key) : pending === false ? undefined : pending;
  }

  setRaw(key: string, value: string | undefined): void {
    this.values.set(key, value ?? false);
    this.bytes += (value ?? "").length;
    this.changes += 1;
    this.touch(rowOf.value(key));
  }

  unsent(book: string): BookState {
    return stateOfText(this.get("unsent", book));
  }

  /** Our own writes: known from now on, and to be sent. */
  take(book: string, delta: BookState): void {
    this.setState(book, joinBooks(this.state(book), delta));
    this.set("unsent", book, textOfState(book, joinBooks(this.unsent(book), delta)));
  }

  /** Done in the same transaction. */
  also(work: () => void): void {
    this.afterwards.push(work);
    this.changes += 1;
  }

  isFull(): boolean {
    return this.bytes > MOST_BYTES || this.changes > MOST_CHANGES;
  }

  /**
   * @param isDurable waits for the disk, which holds the loop: before anybody else hears of it. A power cut takes back what was not;
   * the sidecars and the folder say it again.
   */
  flush(isDurable = false): void {
    if (this.changes === 0) return;
    const { states, sidecars, values, afterwards, store } = this;
    const work = (): void => {
      for (const [book, state] of states) store.books.saveState(book, textOfState(book, state));
      for (const [, sidecar] of sidecars) store.sidecars.save(sidecar);
      for (const [key, value] of values) {
        if (value === false) store.values.remove(key);
        else store.values.set(key, value);
      }
      for (const each of afterwards) each();
    };
    if (isDurable) store.inOneGo(work);
    else store.together(work);
    this.forget();
  }

  /** What was not written is as it was. */
  forget(): void {
    this.states = new LuaMap();
    this.sidecars = new LuaMap();
    this.values = new LuaMap();
    this.afterwards = [];
    this.bytes = 0;
    this.changes = 0;
  }
}
