import { type DeviceId, type Hlc, joinBooks, readEntry, renamed } from "../../core/sdr/index";
import type { WorkOn } from "./afar/work";
import { stateOfText, textOfState } from "./state-text";

/** What was not published by then under the old name goes under the new one. */
export interface Renaming {
  readonly from: DeviceId;
  readonly to: DeviceId;
  readonly after: Hlc;
}

/** Some lines of a file of ours that nobody has, and which is the first of them. */
export interface TakeBackTask {
  readonly name: string;
  readonly first: number;
  readonly lines: readonly string[];
}

/** A line that waits to be sent again. */
export interface TakenBack {
  readonly line: number;
}

/** In the worker: what is in a file that nobody has waits to be sent again. Done twice it changes nothing. */
export const takeBack: WorkOn<TakeBackTask, TakenBack> = ({ notebook }, { first, lines }, handIn) => {
  lines.forEach((line, index) => {
    const entry = readEntry(line);
    if (entry.ok) {
      const { book, state } = entry.value;
      notebook.set("unsent", book, textOfState(book, joinBooks(notebook.unsent(book), state)));
    }
    handIn({ line: first + index });
  });
};

export interface RenameTask {
  readonly book: string;
  readonly renaming: Renaming;
}

/** In the worker: gives what was not published of a book to the new name. Done twice it changes nothing. */
export const rename: WorkOn<RenameTask, object> = ({ notebook }, { book, renaming }, handIn) => {
  const { from, to, after } = renaming;
  notebook.setState(book, renamed(notebook.state(book), from, to, after));
  const unsent = renamed(stateOfText(notebook.get("unsent", book)), from, to, after);
  notebook.set("unsent", book, textOfState(book, unsent));
  handIn(undefined);
};
