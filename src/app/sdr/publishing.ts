import type { Breathe } from "../../koreader/sidecars/slices";
import type { AfarWork } from "./afar/afar";
import type { Given } from "./afar/given";
import type { Published, PublishTask } from "./publish";
import type { SdrTools } from "./tools";

/** About eight files. */
const MOST_GIVEN = 1024 * 1024;

/** Everything that waits to be sent, as many books a task as fill some files. */
export class Publishing implements AfarWork<PublishTask, Published> {
  readonly kind = "publish";
  private books: readonly string[];
  private sent: PublishTask | undefined;
  private givenTo: Given | undefined;
  private done = 0;

  constructor(private readonly tools: SdrTools) {
    this.books = tools.notebook.all("unsent");
  }

  /** One task at a time: what did not fill a file goes with the next. */
  next(given: Given, breathe: Breathe): PublishTask | undefined {
    if (given === this.givenTo) return undefined;
    this.givenTo = given;
    if (this.sent !== undefined && this.done > 0) this.books = this.sent.books.slice(this.done).concat(this.books);
    const books: string[] = [];
    for (const book of this.books) {
      if (books.length > 0 && given.bytes >= MOST_GIVEN) break;
      given.book(book);
      books.push(book);
      breathe();
    }
    if (books.length === 0) return undefined;
    this.books = this.books.slice(books.length);
    this.done = 0;
    this.sent = { books, isLast: this.books.length === 0, seen: this.tools.device.seen() };
    return this.sent;
  }

  gather({ books }: PublishTask, given: Given): void {
    for (const book of books) given.book(book);
  }

  take(_task: PublishTask, result: Published | undefined): void {
    this.done = result?.done ?? this.done;
  }
}
