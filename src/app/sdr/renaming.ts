import type { Breathe } from "../../koreader/sidecars/slices";
import type { AfarWork } from "./afar/afar";
import type { Given } from "./afar/given";
import { Names } from "./names";
import type { Renaming, RenameTask, TakeBackTask, TakenBack } from "./rename";
import type { SdrTools } from "./tools";

/** What a task is given of the store at most, about. */
const MOST_GIVEN = 128 * 1024;

/** Files of ours that nobody has, some lines a task. A file is gone with the last of its lines. */
export class TakingBack implements AfarWork<TakeBackTask, TakenBack> {
  readonly kind = "takeBack";
  private readonly begun = new LuaMap<string, { readonly done: LuaSet<number>; left: number }>();
  private lines: readonly string[] = [];
  private name = "";
  private at = 0;
  private opened = 0;

  constructor(
    private readonly tools: SdrTools,
    private readonly names: readonly string[],
  ) {}

  next(given: Given, breathe: Breathe): TakeBackTask | undefined {
    while (this.at >= this.lines.length) {
      const name = this.names[this.opened];
      if (name === undefined) return undefined;
      this.open(name);
      breathe();
    }
    const [first, before] = [this.at, given.bytes];
    while (this.at < this.lines.length && (this.at === first || given.bytes - before < MOST_GIVEN)) {
      giveBook(given, this.lines[this.at] ?? "");
      this.at += 1;
      breathe();
    }
    return { name: this.name, first, lines: this.lines.slice(first, this.at) };
  }

  gather({ lines }: TakeBackTask, given: Given): void {
    for (const line of lines) giveBook(given, line);
  }

  take({ name }: TakeBackTask, result: TakenBack | undefined): void {
    const file = this.begun.get(name);
    if (file === undefined || result === undefined || file.done.has(result.line)) return;
    file.done.add(result.line);
    file.left -= 1;
    if (file.left === 0) this.drop(name);
  }

  private open(name: string): void {
    const { notebook } = this.tools;
    this.lines = (notebook.store.segments.content(name) ?? "").split("\n").slice(1, -1);
    [this.name, this.at] = [name, 0];
    this.opened += 1;
    this.begun.set(name, { done: new LuaSet(), left: this.lines.length });
    if (this.lines.length === 0) this.drop(name);
  }

  private drop(name: string): void {
    const { notebook, spool } = this.tools;
    notebook.store.together(() => {
      notebook.store.segments.drop(name);
    });
    spool.remove("out", name);
    this.begun.delete(name);
  }
}

/** The book of a line, by a glance at canonical JSON. */
function giveBook(given: Given, line: string): void {
  const [book] = string.match(line, '"b":"([^"]+)"');
  if (book !== undefined) given.book(book);
}

/** Every book of which something waits to be sent. */
export class RenamingBooks implements AfarWork<RenameTask, object> {
  readonly kind = "rename";
  private readonly waiting: Names;
  private open = 0;

  constructor(
    tools: SdrTools,
    private readonly renaming: Renaming,
  ) {
    this.waiting = new Names(tools.notebook, "unsent");
  }

  next(given: Given): RenameTask | undefined {
    const book = this.waiting.next();
    if (book === undefined) return undefined;
    given.book(book);
    this.open += 1;
    return { book, renaming: this.renaming };
  }

  gather({ book }: RenameTask, given: Given): void {
    given.book(book);
  }

  take(): void {
    this.open -= 1;
  }

  /** False when the reader changed a book again and again meanwhile. */
  isThrough(): boolean {
    return this.open === 0;
  }
}
