import { type BookState, EMPTY_STATE, entryLines, isEmptyState, joinBooks, readEntry } from "../../core/sdr/index";

/** What is known of a book as it stands in the store: the lines that would travel. */
export function textOfState(book: string, state: BookState): string {
  return isEmptyState(state) ? "" : entryLines({ book, state }).join("\n");
}

/** A line that a failing disk has spoiled is as good as none: the folder has it, or the sidecar. */
export function stateOfText(text: string | undefined): BookState {
  let state = EMPTY_STATE;
  if (text === undefined || text === "") return state;
  for (const line of text.split("\n")) {
    const entry = readEntry(line);
    if (entry.ok) state = joinBooks(state, entry.value.state);
  }
  return state;
}
