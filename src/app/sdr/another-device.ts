import { type Hlc, NEVER, openSegment, readEntry, joinBooks, readSegmentName, renamed } from "../../core/sdr/index";
import { stateOfText, textOfState } from "./state-text";
import type { SdrTools } from "./tools";

/** The clock of the newest file that the folder has of us. */
function lastPublished({ notebook }: SdrTools, target: string): Hlc {
  const unsent = notebook.store.segments.unsent(target);
  let last = NEVER;
  for (const name of notebook.store.segments.names()) {
    const hash = readSegmentName(name)?.hash ?? "";
    const opened = unsent.includes(name)
      ? undefined
      : openSegment(name, notebook.store.segments.content(name) ?? "", () => hash);
    if (opened?.ok === true && opened.value.header.hlc > last) last = opened.value.header.hlc;
  }
  return last;
}

/** What is in a file that nobody has waits to be sent again, in a file of the new name. */
function takeBack({ notebook }: SdrTools, name: string): void {
  for (const line of (notebook.store.segments.content(name) ?? "").split("\n").slice(1, -1)) {
    const entry = readEntry(line);
    if (!entry.ok) continue;
    const { book, state } = entry.value;
    notebook.set("unsent", book, textOfState(book, joinBooks(notebook.unsent(book), state)));
  }
  notebook.also(() => {
    notebook.store.segments.drop(name);
  });
}

/**
 * A copy of our folder lives on another device and writes under our name: we take a new one, and give it what we have not published
 * yet. What both published before stays as it is; the other's files are another device's from now on.
 */
export function becomeAnother(tools: SdrTools, target: string): void {
  const { notebook, device } = tools;
  const after = lastPublished(tools, target);
  for (const name of notebook.store.segments.unsent(target)) takeBack(tools, name);
  const books = notebook.all("unsent");
  const { from, to } = device.becomeAnother();
  for (const book of books) {
    notebook.setState(book, renamed(notebook.state(book), from, to, after));
    const unsent = renamed(stateOfText(notebook.get("unsent", book)), from, to, after);
    notebook.set("unsent", book, textOfState(book, unsent));
  }
  // The files of the old name are nobody's to look after: whoever has them has them.
  for (const name of notebook.store.segments.names()) {
    notebook.also(() => {
      notebook.store.spool.markSeen(target, name);
      notebook.store.segments.drop(name);
    });
  }
  notebook.flush();
}
