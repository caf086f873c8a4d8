import { adopted, isEmptyState, joinBooks } from "../../core/sdr/index";
import type { Breathe } from "../../koreader/sidecars/slices";
import { textOfState } from "./state-text";
import type { SdrTools } from "./tools";

const AT_ONCE = 50;

/** What a device that is no more has standing becomes ours to publish; its files go once that is in the folder. */
export function adoptRetired(tools: SdrTools, breathe: Breathe): void {
  for (const id of tools.notebook.all("retired")) {
    if (tools.notebook.get("retired", id) !== "wanted") continue;
    adoptAll(tools, id, breathe);
    tools.notebook.set("retired", id, "adopted");
    tools.notebook.flush();
  }
}

function adoptAll({ notebook }: SdrTools, id: string, breathe: Breathe): void {
  let books = notebook.store.books.after("", AT_ONCE);
  while (books.length > 0) {
    for (const book of books) {
      const { state } = adopted({ book, state: notebook.state(book) }, id);
      if (!isEmptyState(state))
        notebook.set("unsent", book, textOfState(book, joinBooks(notebook.unsent(book), state)));
      if (notebook.isFull()) notebook.flush();
      breathe();
    }
    books = notebook.store.books.after(books[books.length - 1] ?? "", AT_ONCE);
  }
}

/** Devices whose files may be removed: all that we took over from them is in the folder, or goes there before. */
export function retiredDevices({ notebook }: Pick<SdrTools, "notebook">): string[] {
  return notebook.all("retired").filter(id => notebook.get("retired", id) === "adopted");
}
