import {
  bookIdOf,
  type DataTable,
  diff,
  type Engine,
  type Evidence,
  getText,
  heldCount,
  isEmptyState,
  madeWhole,
  openedIn,
  readShadow,
  recovered,
  type Shadow,
  shadowText,
  type SidecarView,
  viewSidecar,
} from "../../core/sdr/index";
import type { EpochSeconds } from "../../core/units";
import type { Json } from "../../ports/json";
import { noteNames } from "./book-names";
import { factsOf } from "./facts";
import type { Notebook } from "./notebook";
import type { OneBook } from "./one-book";
import type { OwnDevice } from "./own-device";
import { noteToTell } from "./to-tell";

export interface LookTools {
  readonly notebook: Notebook;
  readonly device: OwnDevice;
  readonly json: Json;
  readonly sha256: (this: void, text: string) => string;
  /** Partial MD5 of a file as it is now. */
  readonly digestOf: (this: void, file: string) => string | undefined;
  readonly now: (this: void) => EpochSeconds;
  /** Settings of the screen that the reader wants to travel. */
  readonly chosen: Readonly<Record<string, true>>;
}

/** A sidecar as it was found, on the disk or in a book that opens. */
export interface Found {
  readonly file: string;
  readonly data: DataTable;
  readonly custom?: DataTable;
  /** `ChangedSidecar.stamp`; empty: look again. */
  readonly stamp: string;
  readonly modified?: EpochSeconds;
  /** Of the document on screen: a sidecar that was never written does not say it. */
  readonly engine?: Engine;
  /** The session that goes on with this book. */
  readonly session?: string;
  /** It was so when that session began: what was noted in it is kept for the look at what it is now. */
  readonly isBeginning?: boolean;
}

export interface Looked {
  readonly book: string;
  readonly view: SidecarView;
  readonly shadow: Shadow;
}

/** What was noted of a session: an annotation that KOReader reported as removed; without a key, that the book was closed. */
export interface Note {
  readonly session: string;
  readonly key?: string;
}

function evidenceOf(tools: LookTools, { file, session: now }: Found, shadow: Shadow | undefined): Evidence {
  const session = shadow?.session;
  let isWatched = session !== undefined && session === now;
  const removed: string[] = [];
  for (const payload of tools.notebook.store.values.deletions(file)) {
    const note = tools.json.decode(payload);
    const { session: of, key } = (note.ok ? note.value : {}) as Partial<Note>;
    if (key !== undefined) removed.push(key);
    else if (session !== undefined && of === session) isWatched = true;
  }
  return isWatched && session !== undefined ? { kind: "live", session, removed } : { kind: "closed", removed };
}

/** As it was last looked at; what was to be written then, and perhaps was, is taken into account. */
export function shadowBefore(notebook: Notebook, book: string, file: string, view: SidecarView): Shadow | undefined {
  const known = notebook.sidecar(file);
  if (known?.book !== book) return undefined;
  const read = known.shadow === "" ? undefined : readShadow(known.shadow);
  const kept = read?.ok === true ? read.value : undefined;
  const session = notebook.get("session", file);
  const shadow = kept !== undefined && session !== undefined ? openedIn(kept, session) : kept;
  const pending = notebook.get("pending", file);
  const due = pending === undefined ? undefined : readShadow(pending);
  return due?.ok === true ? recovered(shadow, due.value, view) : shadow;
}

/** Under which book a sidecar's content is known; nothing when nobody can say. */
export function bookOf(tools: Pick<LookTools, "digestOf">, { file, data }: Found): string | undefined {
  const digest = getText(data, "partial_md5_checksum") ?? tools.digestOf(file);
  return digest === undefined ? undefined : bookIdOf(digest);
}

/** What happened to a sidecar since it was last looked at becomes known, and waits to be sent. */
export function look(tools: LookTools, one: OneBook, found: Found): Looked | undefined {
  const { notebook, device } = tools;
  const book = bookOf(tools, found);
  if (book === undefined) return undefined;
  const { file, data, custom } = found;
  const view = viewSidecar(data, { chosen: tools.chosen, ...(custom !== undefined && { custom }) });
  const shadow = shadowBefore(notebook, book, file, view);
  const state = one.stateOf(book);
  const result = diff({
    shadow,
    view,
    state,
    evidence: evidenceOf(tools, found, shadow),
    stamp: device.stamp(),
    sha256: tools.sha256,
    facts: factsOf(found, book.slice(4), tools.digestOf(file), found.engine ?? view.engine, state, device.id()),
    ...(found.modified !== undefined && { modifiedAt: found.modified }),
  });
  if (!isEmptyState(result.delta)) {
    notebook.take(book, madeWhole(result.delta, notebook.state(book), state));
    noteNames(notebook, book, notebook.state(book));
    for (const id of one.idsOf(book)) notebook.set("deliver", id, "1");
  }
  if (result.outgoing.length > 0) {
    noteToTell(notebook, tools.json, book, result.outgoing);
  }
  // Also where nothing can have come: a delivery makes the shadow what the deletions of others are held against.
  if (shadow === undefined) notebook.set("deliver", book, "1");
  keep(notebook, { book, view, shadow: result.shadow }, found);
  noteHeld(notebook, book, result.shadow, tools.now());
  return { book, view, shadow: result.shadow };
}

function keep(notebook: Notebook, { book, shadow }: Looked, { file, stamp, isBeginning }: Found): void {
  notebook.setSidecar({ file, book, stamp, shadow: shadowText(shadow) });
  if (notebook.get("pending", file) !== undefined) notebook.set("pending", file, undefined);
  if (notebook.get("session", file) !== undefined) notebook.set("session", file, undefined);
  if (isBeginning !== true && notebook.store.values.deletions(file).length > 0) {
    notebook.also(() => {
      notebook.store.values.forgetDeletions(file);
    });
  }
}

/** A question for the reader, or none any more. */
export function noteHeld(notebook: Notebook, book: string, shadow: Shadow, at: EpochSeconds): void {
  const { held, of } = heldCount(shadow);
  notebook.also(() => {
    if (held > 0) notebook.store.questions.hold(book, at, `${held}|${of}`);
    else notebook.store.questions.release(book);
  });
}
