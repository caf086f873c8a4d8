import type { SdrStore } from "../../../ports/sdr-store";
import type { Notebook } from "../notebook";
import { changedRow, rowOf, type Sheet, type StoreChange } from "./change";

/** The clock only goes forward, whoever moves it: it is no reason to do anything again. */
const CLOCK = "hlc";

function make(store: SdrStore, change: StoreChange): void {
  switch (change.kind) {
    case "state":
      return store.books.saveState(change.book, change.text);
    case "sidecar":
      return store.sidecars.save(change.sidecar);
    case "value":
      return setValue(store, change.key, change.text);
    case "question":
      if (change.payload === undefined) return store.questions.release(change.book);
      return store.questions.hold(change.book, change.at, change.payload);
    case "deletions":
      return store.values.forgetDeletions(change.file);
    case "segment":
      return store.segments.add(change.name, change.content, change.at);
  }
}

function setValue({ values }: SdrStore, key: string, text: string | undefined): void {
  if (text === undefined) values.remove(key);
  else if (key !== CLOCK || text > (values.get(CLOCK) ?? "")) values.set(key, text);
}

/** Whether somebody else changed what a sheet was made of, or what it changes. */
function isOutdated(notebook: Notebook, { read, changes }: Sheet<object>): boolean {
  const rows = read.concat(changes.map(change => changedRow(change) ?? ""));
  return rows.some(row => row !== rowOf.value(CLOCK) && notebook.wasTouched(row));
}

/**
 * Makes the changes of one sheet true, all of them or none.
 * @returns false when the reader changed something of it meanwhile: then nothing is done, nor with what was made of it
 */
export function commit(notebook: Notebook, sheet: Sheet<object>): boolean {
  notebook.flush();
  if (isOutdated(notebook, sheet)) {
    for (const change of sheet.changes) {
      const row = changedRow(change);
      if (row !== undefined && row !== rowOf.value(CLOCK)) notebook.touch(row);
    }
    return false;
  }
  const { store } = notebook;
  if (sheet.changes.length > 0) {
    store.together(() => {
      for (const change of sheet.changes) make(store, change);
    });
  }
  return true;
}
