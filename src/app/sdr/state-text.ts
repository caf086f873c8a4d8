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

/** The fields alone: they stand behind the annotations, and no text of a highlight can look like what is between. */
export function fieldsOfText(book: string, text: string | undefined): BookState {
  if (text === undefined) return EMPTY_STATE;
  const lines: string[] = [];
  for (const line of text.split("\n")) {
    const at = line.indexOf(`,"b":"${book}","f":{"`);
    if (at >= 0) lines.push(`{"a":{}${line.slice(at)}`);
  }
  return stateOfText(lines.join("\n"));
}
