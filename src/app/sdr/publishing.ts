import type { Breathe } from "../../koreader/sidecars/slices";
import type { AfarWork } from "./afar/afar";
import type { Given } from "./afar/given";
import { Names } from "./names";
import type { Published, PublishTask } from "./publish";
import type { SdrTools } from "./tools";

/** About eight files. */
const MOST_GIVEN = 1024 * 1024;

/** Everything that waits to be sent, as many books a task as fill some files. */
export class Publishing implements AfarWork<PublishTask, Published> {
  readonly kind = "publish";
  private readonly waiting: Names;
  private sent: PublishTask | undefined;
  private givenTo: Given | undefined;
  private done = 0;

  constructor(private readonly tools: SdrTools) {
    this.waiting = new Names(tools.notebook, "unsent");
  }

  /** One task at a time: what did not fill a file goes with the next. */
  next(given: Given, breathe: Breathe): PublishTask | undefined {
    if (given === this.givenTo) return undefined;
    this.givenTo = given;
    const last = this.sent?.books[this.done - 1];
    if (last !== undefined) this.waiting.goOnAfter(last);
    const books: string[] = [];
    let book = this.waiting.peek();
    while (book !== undefined && (books.length === 0 || given.bytes < MOST_GIVEN)) {
      given.book(book);
      books.push(book);
      this.waiting.next();
      breathe();
      book = this.waiting.peek();
    }
    if (books.length === 0) return undefined;
    this.done = 0;
    this.sent = { books, isLast: this.waiting.peek() === undefined, seen: this.tools.device.seen() };
    return this.sent;
  }

  gather({ books }: PublishTask, given: Given): void {
    for (const book of books) given.book(book);
  }

  take(_task: PublishTask, result: Published | undefined): void {
    this.done = result?.done ?? this.done;
  }
}
