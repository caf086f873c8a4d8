import type { Notebook, ValueKind } from "./notebook";

/** Read at once: well below a millisecond. */
const PAGE = 100;

/** All that have a value of one kind, in order, read a page at a time: there may be one for each book. */
export class Names {
  private page: readonly string[] = [];
  private at = 0;
  private last = "";

  constructor(
    private readonly notebook: Notebook,
    private readonly kind: ValueKind,
  ) {}

  next(): string | undefined {
    const name = this.peek();
    if (name === undefined) return undefined;
    this.at += 1;
    this.last = name;
    return name;
  }

  /** The next one, which stays the next. */
  peek(): string | undefined {
    if (this.at >= this.page.length) this.goOnAfter(this.last);
    return this.page[this.at];
  }

  goOnAfter(name: string): void {
    this.page = this.notebook.after(this.kind, name, PAGE);
    this.at = 0;
    this.last = name;
  }
}
