import type { Breathe } from "../../koreader/sidecars/slices";
import type { Account } from "./account";
import type { AfarWork } from "./afar/afar";
import { rowOf } from "./afar/change";
import type { Given } from "./afar/given";
import { type Delivered, type DeliverTask, write } from "./deliver-book";
import { giveBook } from "./looking";
import { Names } from "./names";
import type { OneBook } from "./one-book";
import type { Staged } from "./staged";
import type { SdrTools } from "./tools";

export interface DeliveringTools {
  readonly tools: SdrTools;
  readonly one: OneBook;
  readonly account: Account;
  /** Only tells what would be. */
  readonly isPreview: boolean;
  readonly told: (this: void, done: number, of: number) => void;
}

/** Puts what came, and what a new sidecar lacks, into the books of this device that are closed. */
export class Delivering implements AfarWork<DeliverTask, Delivered> {
  readonly kind = "deliver";
  private readonly due: Names;
  private readonly count: number;
  private readonly begun = new LuaSet<string>();
  private readonly left = new LuaMap<DeliverTask, number>();
  private at = 0;

  constructor(private readonly delivering: DeliveringTools) {
    const { notebook } = delivering.tools;
    this.due = new Names(notebook, "deliver");
    this.count = notebook.count("deliver");
  }

  next(given: Given, breathe: Breathe): DeliverTask | undefined {
    const { one, told } = this.delivering;
    let book = this.due.next();
    while (book !== undefined) {
      this.at += 1;
      told(Math.min(this.at, this.count), this.count);
      const task = this.begun.has(book) ? undefined : this.taskOf(given, one.idsOf(book));
      if (task !== undefined) return task;
      breathe();
      book = this.due.next();
    }
    return undefined;
  }

  gather(task: DeliverTask, given: Given): void {
    const { books, files, open } = task;
    this.left.delete(task);
    for (const book of books) giveBook(given, this.delivering.one, book);
    for (const file of files) given.file(file);
    if (typeof open === "string") given.file(open);
  }

  /** The reader may open the book whenever there is room to breathe: from then on its sidecar is KOReader's. */
  take(task: DeliverTask, result: Delivered | undefined, breathe: Breathe): void {
    const { tools, account, isPreview } = this.delivering;
    if (result !== undefined && result.staged !== false) return this.stage(result.file, result.staged);
    const left = (this.left.get(task) ?? filesOf(task)) - 1;
    this.left.set(task, left);
    let isDone = true;
    if (result !== undefined) {
      account.incoming(result.book, result.incoming);
      isDone = isPreview || (tools.openFile() !== result.file && write(tools, result, breathe));
    }
    if (!isDone) this.left.set(task, filesOf(task) + 1);
    else if (left === 0 && !isPreview) this.finished(task.books);
  }

  private stage(file: string, staged: Staged): void {
    const open = this.delivering.tools.openBook();
    if (open?.file === file) open.stage(staged);
  }

  /** Nothing to be done where no file of this device holds the book, which is so for most of what others read. */
  private taskOf(given: Given, books: readonly string[]): DeliverTask | undefined {
    const { tools, isPreview } = this.delivering;
    const files: string[] = [];
    let open: string | boolean = false;
    for (const book of books) {
      this.begun.add(book);
      for (const { file } of given.files(book)) {
        if (tools.openFile() === file) open = tools.openBook()?.file ?? true;
        else files.push(file);
      }
    }
    if (isPreview) open = open !== false;
    if (files.length === 0 && typeof open !== "string") {
      if (!open && !isPreview) this.finished(books);
      return undefined;
    }
    for (const book of books) giveBook(given, this.delivering.one, book);
    return { books, files, open, isPreview };
  }

  /** Unless more came for it meanwhile. */
  private finished(books: readonly string[]): void {
    const { notebook } = this.delivering.tools;
    for (const book of books) {
      const isNew = notebook.wasTouched(rowOf.value(`deliver:${book}`));
      if (!isNew && notebook.get("deliver", book) !== undefined) notebook.set("deliver", book, undefined);
    }
    if (notebook.isFull()) notebook.flush();
  }
}

/** One that is open is never done with. */
const filesOf = ({ files, open }: DeliverTask): number => files.length + (open === false ? 0 : 1);
