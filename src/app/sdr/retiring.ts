import { adopted, isEmptyState, joinBooks } from "../../core/sdr/index";
import type { Breathe } from "../../koreader/sidecars/slices";
import type { AfarWork } from "./afar/afar";
import type { Given } from "./afar/given";
import type { WorkOn } from "./afar/work";
import { textOfState } from "./state-text";
import type { SdrTools } from "./tools";

const AT_ONCE = 50;

/** A book that devices which are no more have a part in. */
export interface AdoptTask {
  readonly book: string;
  readonly retired: readonly string[];
}

/** In the worker: what they have standing becomes ours to publish. Done twice it changes nothing. */
export const adopt: WorkOn<AdoptTask, object> = ({ notebook }, { book, retired }, handIn) => {
  const state = notebook.state(book);
  let unsent = notebook.unsent(book);
  for (const id of retired) unsent = joinBooks(unsent, adopted({ book, state }, id).state);
  if (!isEmptyState(unsent)) notebook.set("unsent", book, textOfState(book, unsent));
  handIn(undefined);
};

/** What devices that are no more have standing becomes ours; their files go once that is in the folder. */
export class Adopting implements AfarWork<AdoptTask, object> {
  readonly kind = "adopt";
  private readonly retired: readonly string[];
  private page: readonly string[] = [];
  private at = 0;
  private last = "";
  private open = 0;

  constructor(private readonly tools: SdrTools) {
    const { notebook } = tools;
    this.retired = notebook.all("retired").filter(id => notebook.get("retired", id) === "wanted");
  }

  next(given: Given, breathe: Breathe): AdoptTask | undefined {
    let book = this.nextBook();
    while (book !== undefined) {
      if (this.hasPart(book)) {
        given.book(book);
        this.open += 1;
        return { book, retired: this.retired };
      }
      breathe();
      book = this.nextBook();
    }
    return undefined;
  }

  gather({ book }: AdoptTask, given: Given): void {
    given.book(book);
  }

  take(): void {
    this.open -= 1;
  }

  /** Once it is through. What the reader changed again and again meanwhile is the next run's, and then all of it. */
  settle(): void {
    const { notebook } = this.tools;
    if (this.open > 0) return;
    for (const id of this.retired) notebook.set("retired", id, "adopted");
    notebook.flush();
  }

  private nextBook(): string | undefined {
    if (this.retired.length === 0) return undefined;
    if (this.at >= this.page.length) {
      this.page = this.tools.notebook.store.books.after(this.last, AT_ONCE);
      this.at = 0;
    }
    const book = this.page[this.at];
    this.at += 1;
    this.last = book ?? this.last;
    return book;
  }

  /** By a glance: a write names its device; a deletion does not, so that all of them are taken over. */
  private hasPart(book: string): boolean {
    const text = this.tools.notebook.store.books.state(book) ?? "";
    return text.includes('"d":{') || this.retired.some(id => text.includes(id));
  }
}

/** Devices whose files may be removed: all that we took over from them is in the folder, or goes there before. */
export function retiredDevices({ notebook }: Pick<SdrTools, "notebook">): string[] {
  return notebook.all("retired").filter(id => notebook.get("retired", id) === "adopted");
}
