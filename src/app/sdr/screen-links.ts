import { joined, parted } from "../../core/sdr/index";
import type { SdrKnownBook, SdrSync } from "../../ports/sdr-sync";
import { noteKnown } from "./book-names";
import { BookSearch } from "./book-search";
import type { SdrDesk } from "./desk";
import { readKnownBook } from "./known-book";
import { LINKS } from "./notebook";
import { OneBook } from "./one-book";

/** Which files are one book, and the reader's word about it. */
export class SdrLinkScreens {
  constructor(private readonly desk: SdrDesk) {}

  ports(): Pick<SdrSync, "books" | "filesOf" | "join" | "part"> {
    return {
      books: (query, done) => {
        const { tools, runtime } = this.desk;
        const warn = (problem: string): void => {
          runtime.log.warn(`highlights: ${problem}`);
        };
        return new BookSearch({ tools, warn, labels: devices => this.labels(devices) }, query).start(done);
      },
      filesOf: book => [book].concat(this.othersOf(book)).map(each => this.fileOf(each)),
      join: (book, other) => {
        this.join(book, other);
      },
      part: book => {
        this.part(book);
      },
    };
  }

  private othersOf(book: string): string[] {
    return new OneBook(this.desk.tools.notebook).idsOf(book).filter(each => each !== book);
  }

  private fileOf(book: string): SdrKnownBook {
    const { notebook } = this.desk.tools;
    if (notebook.get("known", book) === undefined) noteKnown(notebook, book, notebook.state(book));
    const known = readKnownBook(notebook.get("known", book) ?? "");
    return { ...known, book, devices: this.labels(known.devices) };
  }

  private labels(devices: readonly string[]): string[] {
    const { device, label } = this.desk.tools;
    const own = device.id();
    const others = devices.filter(id => id !== own).map(id => device.known(id)?.label ?? "");
    return (devices.includes(own) ? [label()] : []).concat(others).filter(each => each !== "");
  }

  private join(book: string, other: string): void {
    const { notebook, device } = this.desk.tools;
    const one = [book].concat(this.othersOf(book));
    const two = [other].concat(this.othersOf(other));
    if (one.includes(other)) return;
    notebook.take(LINKS, joined(notebook.state(LINKS), one, two, device.stamp()));
    this.changed(one.concat(two));
  }

  private part(book: string): void {
    const { notebook, device } = this.desk.tools;
    const others = this.othersOf(book);
    if (others.length === 0) return;
    notebook.take(LINKS, parted(notebook.state(LINKS), [book], others, device.stamp()));
    this.changed([book].concat(others));
  }

  /** What each of them holds is another matter now: with the next run. */
  private changed(books: readonly string[]): void {
    const { tools, watch } = this.desk;
    for (const book of books) tools.notebook.set("deliver", book, "1");
    tools.notebook.flush();
    watch.tell();
  }
}
