import ffiUtil = require("ffi/util");
import type { BookGroup, CatalogueBook, ListEntry, ListKey } from "../../core/catalogue";
import { guarded } from "../../guard";
import type { SeenList } from "../../ports/browse";
import type { Cancel } from "../../ports/scheduler";
import { _ } from "../gettext";
import { holdBook, showBook } from "./book-actions";
import { showListMenu } from "./list-menu";
import { ListNews } from "./list-news";
import { countWords } from "./list-words";
import type { RowSource } from "./paged-list";
import type { Library } from "./library";
import { bookMark, bookText, groupText } from "./rows";
import type { Level, Screen } from "./screen";
import { Selection } from "./selection";
import { type Mesh, Sieve } from "./sieve";

const T = ffiUtil.template;

/** A list of a server: of groups, or of books. */
export class ListLevel implements Level {
  readonly selection: Selection;
  readonly sieve: Sieve;
  private readonly news: ListNews;

  constructor(
    readonly library: Library,
    readonly list: ListKey,
    readonly title: string,
    seen: SeenList,
    readonly open: (screen: Screen, list: ListKey, group?: BookGroup) => void,
  ) {
    this.selection = new Selection();
    this.sieve = new Sieve(library);
    this.news = new ListNews(library, list, seen, () => {
      this.sieve.forget();
    });
  }

  subtitle(): string {
    if (this.selection.isOn) return T(_("%1 selected"), this.selection.size());
    return this.news.words() ?? this.quietWords();
  }

  private quietWords(): string {
    const { ignoredFilters, count } = this.news.seen();
    const [ignored] = ignoredFilters;
    const { name } = this.library.connection;
    if (this.sieve.isOn) return this.sieve.words(count);
    if (ignored !== undefined) return T(_("Without the filter %1, which %2 does not know"), ignored, name);
    return T(_("%1 · %2"), name, countWords(this.list, count));
  }

  source(): RowSource {
    const lines = this.sieve.over(this.news.seen());
    return { count: lines.count, rows: (first, most) => this.rowsOf(lines.lines(first, most)) };
  }

  /** Books of the lines that are shown now. */
  shownLines(): Pick<SeenList, "count" | "lines"> {
    return this.sieve.over(this.news.seen());
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
    if (this.news.isDue()) this.refresh(screen, false);
    const stopWatching = this.markArrivals(screen);
    return () => {
      stopWatching();
      this.news.end();
      this.sieve.stop();
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
    this.news.refresh(screen, this, byTap);
  }

  turned(): boolean {
    return this.news.turned();
  }

  /** Shows only what passes; tells so when nothing does. */
  narrow(screen: Screen, mesh: Mesh): void {
    this.sieve.set(mesh, this.news.seen(), () => {
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
