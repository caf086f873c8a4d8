import type { Breathe } from "../../koreader/sidecars/slices";
import type { Account } from "./account";
import { planned, write } from "./deliver-book";
import { lookAgain } from "./looking";
import type { OneBook } from "./one-book";
import type { SdrTools } from "./tools";

export interface Delivering {
  readonly tools: SdrTools;
  readonly one: OneBook;
  readonly account: Account;
  /** Only tells what would be. */
  readonly isPreview: boolean;
  readonly breathe: Breathe;
  readonly told: (this: void, done: number, of: number) => void;
}

/** Puts what came, and what a new sidecar lacks, into the books of this device that are closed. */
export function deliverAll(delivering: Delivering): void {
  const { tools, breathe, told, isPreview } = delivering;
  const books = tools.notebook.all("deliver");
  let done = 0;
  for (const book of books) {
    const isDone = deliverTo(delivering, book);
    if (isDone && !isPreview) tools.notebook.set("deliver", book, undefined);
    if (tools.notebook.isFull()) tools.notebook.flush();
    done += 1;
    told(done, books.length);
    breathe();
  }
  tools.notebook.flush();
}

/** False while something is left to be done: the book is open, or could not be written. */
function deliverTo(delivering: Delivering, book: string): boolean {
  const { tools, one } = delivering;
  let isDone = true;
  for (const id of one.idsOf(book)) {
    for (const { file } of tools.notebook.store.sidecars.of(id)) {
      if (!deliverToFile(delivering, file)) isDone = false;
      delivering.breathe();
    }
  }
  return isDone;
}

/** The reader may open the book whenever there is room to breathe: from then on its sidecar is KOReader's. */
function deliverToFile({ tools, one, account, isPreview, breathe }: Delivering, file: string): boolean {
  if (tools.openFile() === file) return false;
  const again = lookAgain(tools, one, file, breathe);
  if (again === undefined) return true;
  breathe();
  if (again === "open" || tools.openFile() === file) return false;
  const { reading, looked } = again;
  const delivery = planned(tools, one.stateOf(looked.book), reading.data, looked);
  // Only the document itself can say whether they are its own: when it is opened.
  if (delivery.unanchored.length > 0 && !isPreview) tools.notebook.set("anchor", looked.book, "1");
  breathe();
  if (!isPreview && tools.openFile() === file) return false;
  account.incoming(looked.book, delivery.incoming, false);
  return isPreview || write(tools, reading, looked, delivery);
}
