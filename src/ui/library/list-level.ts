import ffiUtil = require("ffi/util");
import type { BookGroup, CatalogueBook, ListEntry, ListKey } from "../../core/catalogue";
import type { Failure } from "../../core/failure";
import { guarded } from "../../guard";
import type { SeenList } from "../../ports/browse";
import type { Cancel } from "../../ports/scheduler";
import { _ } from "../gettext";
import { agoOf } from "../words";
import { holdBook, showBook } from "./book-actions";
import { showListMenu } from "./list-menu";
import { countWords, shortTrouble } from "./list-words";
import type { RowSource } from "./paged-list";
import type { Library } from "./library";
import { bookMark, bookText, groupText } from "./rows";
import type { Level, Screen } from "./screen";
import { Selection } from "./selection";
import { type Mesh, Sieve } from "./sieve";

const T = ffiUtil.template;

/** A list that is older is looked at again in the background. */
const FRESH_SECONDS = 300;

type State = { readonly kind: "quiet" | "asking" | "changed" } | { readonly kind: "failed"; readonly failure: Failure };

/** A list of a server: of groups, or of books. */
export class ListLevel implements Level {
  readonly selection: Selection;
  readonly sieve: Sieve;
  private state: State = { kind: "quiet" };
  /** What the server told meanwhile, where it would move rows under the thumb. */
  private fresher: SeenList | undefined;
  private stop: Cancel = () => {};

  constructor(
    readonly library: Library,
    readonly list: ListKey,
    readonly title: string,
    private seen: SeenList,
    readonly open: (screen: Screen, list: ListKey, group?: BookGroup) => void,
  ) {
    this.selection = new Selection();
    this.sieve = new Sieve(library);
  }

  subtitle(): string {
    const { name } = this.library.connection;
    if (this.selection.isOn) return T(_("%1 selected"), this.selection.size());
    switch (this.state.kind) {
      case "asking":
        return T(_("%1: looking for what is new…"), name);
      case "changed":
        return T(_("%1 has something new: turn the page to see it"), name);
      case "failed": {
        const when = agoOf(this.seen.fetchedAt, this.library.ports.overview.now());
        return T(_("Seen %1 · %2"), when, shortTrouble(this.state.failure, name));
      }
      case "quiet":
        return this.quietWords();
    }
  }

  private quietWords(): string {
    const { ignoredFilters, count } = this.seen;
    const [ignored] = ignoredFilters;
    const { name } = this.library.connection;
    if (this.sieve.isOn) return this.sieve.words(count);
    if (ignored !== undefined) return T(_("Without the filter %1, which %2 does not know"), ignored, name);
    return T(_("%1 · %2"), name, countWords(this.list, count));
  }

  source(): RowSource {
    const lines = this.sieve.over(this.seen);
    return { count: lines.count, rows: (first, most) => this.rowsOf(lines.lines(first, most)) };
  }

  /** Books of the lines that are shown now. */
  shownLines(): Pick<SeenList, "count" | "lines"> {
    return this.sieve.over(this.seen);
  }

  private rowsOf(entries: readonly ListEntry[]): KOReader.ListItem[] {
    const { ports, connection } = this.library;
    const ids = entries.flatMap(entry => (entry.kind === "book" ? [entry.book.remoteId] : []));
    const here = ids.length === 0 ? undefined : ports.browse.onDevice(connection.id, ids);
    return entries.map(entry =>
      entry.kind === "group"
        ? this.groupRow(entry.group)
        : this.bookRow(entry.book, here?.has(entry.book.remoteId) === true),
    );
  }

  private groupRow(group: BookGroup): KOReader.ListItem {
    return {
      text: groupText(group),
      mandatory: tostring(group.books),
      callback: guarded(() => {
        if (this.screen !== undefined) this.open(this.screen, keyOf(group), group);
      }),
    };
  }

  private bookRow(book: CatalogueBook, isHere: boolean): KOReader.ListItem {
    const text = this.selection.mark(book, bookText(book, this.list.kind));
    return {
      text,
      mandatory: bookMark(book.state, isHere),
      callback: guarded(() => {
        this.tapped(book);
      }),
      hold_callback: guarded(() => {
        if (this.screen !== undefined) holdBook(this.library, this.screen, this, book);
      }),
    };
  }

  private tapped(book: CatalogueBook): void {
    const { screen } = this;
    if (screen === undefined) return;
    if (!this.selection.isOn) return showBook(this.library, screen, this, book);
    this.selection.toggle(book);
    screen.update(this);
  }

  private screen: Screen | undefined;

  shown(screen: Screen): Cancel {
    this.screen = screen;
    const { ports } = this.library;
    const isOld = ports.overview.now() - this.seen.fetchedAt > FRESH_SECONDS;
    if (isOld || this.state.kind === "failed") this.refresh(screen, false);
    const stopWatching = this.markArrivals(screen);
    return () => {
      stopWatching();
      this.stop();
      this.sieve.stop();
      if (this.state.kind === "asking") this.state = { kind: "quiet" };
    };
  }

  /** Once downloads are over, the rows say what is here. */
  private markArrivals(screen: Screen): Cancel {
    let wasOver = true;
    return this.library.ports.downloads.watch(({ isOver }) => {
      if (isOver && !wasOver) screen.update(this);
      wasOver = isOver;
    });
  }

  /** Asks the server again; `byTap` may ask for a network, and shows at once what came. */
  refresh(screen: Screen, byTap: boolean): void {
    const { ports, connection } = this.library;
    this.stop();
    this.state = { kind: "asking" };
    screen.update(this);
    this.stop = ports.browse.refresh(connection.id, this.list, byTap, fetched => {
      if (fetched.ok) this.learn(screen, fetched.value, byTap);
      else this.state = { kind: "failed", failure: fetched.failure };
      screen.update(this);
    });
  }

  /** Rows that would move wait until the page is turned: a thumb may be on its way. */
  private learn(screen: Screen, fetched: SeenList, byTap: boolean): void {
    const { first, most } = screen.visible();
    const isSame = namesOf(this.seen.lines(first, most)) === namesOf(fetched.lines(first, most));
    this.state = { kind: isSame || byTap ? "quiet" : "changed" };
    if (this.state.kind === "quiet") this.adopt(fetched);
    else this.fresher = fetched;
  }

  private adopt(fetched: SeenList): void {
    this.seen = fetched;
    this.fresher = undefined;
    this.sieve.forget();
  }

  turned(): boolean {
    if (this.fresher === undefined) return false;
    this.adopt(this.fresher);
    this.state = { kind: "quiet" };
    return true;
  }

  /** Shows only what passes; tells so when nothing does. */
  narrow(screen: Screen, mesh: Mesh): void {
    this.sieve.set(mesh, this.seen, () => {
      screen.restart(this);
    });
  }

  /** A book was marked or fetched here: the rows say so. */
  changed(): void {
    this.screen?.update(this);
  }

  menu(screen: Screen): void {
    showListMenu(this, screen);
  }

  back(screen: Screen): boolean {
    if (!this.selection.isOn) return false;
    this.endSelection(screen);
    return true;
  }

  endSelection(screen: Screen): void {
    this.selection.end();
    screen.setLeftIcon("appbar.menu");
    screen.update(this);
  }
}

/** What tells the lines apart, in their order. */
const namesOf = (entries: readonly ListEntry[]): string =>
  entries
    .map(entry => (entry.kind === "book" ? entry.book.remoteId : `${entry.group.id} ${entry.group.name ?? ""}`))
    .join("\n");

function keyOf({ kind, id }: BookGroup): ListKey {
  switch (kind) {
    case "series":
      return { kind: "series-books", id };
    case "author":
      return { kind: "author-books", id };
    case "shelf":
      return { kind: "shelf-books", id };
  }
}
