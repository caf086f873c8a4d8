import {
  type Change,
  type DataTable,
  deliver,
  getNumber,
  getText,
  itemOf,
  originOf,
  readShadow,
  recovered,
  type Shadow,
  shadowText,
  type Shown,
  viewOf,
  viewSidecar,
} from "../../core/sdr/index";
import type { AnnotationEdit, Origin } from "../../ports/open-sidecar";
import type { WorkerTools } from "./afar/work";
import { bookOf, shadowBefore } from "./look";
import type { WatchedBook } from "./tools";

/** One that was made in another file: only the document on screen can say whether it belongs there. */
export interface Doubtful {
  readonly uid: string;
  readonly item: DataTable;
  readonly origin: Origin;
}

/** What waits for the book on screen, as far as a worker can say; the doubtful are among all of it. */
export interface Staged {
  readonly incoming: readonly Change[];
  readonly doubtful: readonly Doubtful[];
  readonly edits: readonly AnnotationEdit[];
  /** What the book's list holds once they are made, and its fields as they are. */
  readonly shadow: string;
  /** What is not of its list waits until it is closed. */
  readonly hasMore: boolean;
}

/** Whether a position was made in the same file and document model. */
export function isSameFile(data: DataTable, shown: Shown): boolean {
  const { md5, dom } = originOf(shown.pos);
  return (
    md5 !== undefined && md5 === getText(data, "partial_md5_checksum") && dom === getNumber(data, "cre_dom_version")
  );
}

/** In the worker, in a run that has looked at the book on screen: under which name it is known, and what would change in it. */
export function stagedFor(tools: WorkerTools, open: WatchedBook): (Staged & { readonly book: string }) | undefined {
  const { file, engine } = open;
  const data = open.data();
  const book = bookOf(tools, { file, data, stamp: "" });
  const sighting = tools.finder.find(file);
  const reading = sighting === undefined ? undefined : tools.files.read(sighting);
  const custom = reading?.ok === true ? reading.value.custom : undefined;
  const { chosen } = tools;
  const seen = viewSidecar(data, { chosen, ...(custom !== undefined && { custom }) });
  const view = { ...seen, engine: seen.engine ?? engine };
  const shadow = book === undefined ? undefined : shadowBefore(tools.notebook, book, file, view);
  if (book === undefined || shadow === undefined) return undefined;
  const doubtful: Doubtful[] = [];
  const admits = (shown: Shown): boolean => {
    if (!isSameFile(data, shown)) {
      doubtful.push({ uid: shown.uid, item: itemOf(shown, undefined), origin: originOf(shown.pos) });
    }
    return true;
  };
  const all = tools.one.allOf(book);
  const delivery = deliver({ ...all, shadow, view, data, chosen, admits: shown => admits(shown) });
  const { fields } = recovered(shadow, delivery.shadow, view);
  return {
    book,
    incoming: delivery.incoming,
    doubtful,
    edits: tools.annotationEdits(data, delivery.data),
    shadow: shadowText({ ...delivery.shadow, fields }),
    hasMore: delivery.incoming.some(({ kind }) => kind === "set" || kind === "unset"),
  };
}

/** Without those that the document on screen has no place for. */
export function onlyOwn(staged: Staged, isOwn: (this: void, item: DataTable, origin: Origin) => boolean): Staged {
  const strange = staged.doubtful.filter(({ item, origin }) => !isOwn(item, origin));
  if (strange.length === 0) return { ...staged, doubtful: [] };
  const [uids, keys] = [new LuaSet<string>(), new LuaSet<string>()];
  for (const { uid, item } of strange) {
    uids.add(uid);
    keys.add(viewOf(item, {})?.key ?? "");
  }
  return {
    ...staged,
    doubtful: [],
    incoming: staged.incoming.filter(change => change.kind !== "added" || !uids.has(change.uid)),
    edits: staged.edits.filter(edit => edit.kind !== "add" || !keys.has(viewOf(edit.item, {})?.key ?? "")),
    shadow: without(staged.shadow, uids),
  };
}

function without(text: string, uids: LuaSet<string>): string {
  const read = readShadow(text);
  if (!read.ok) return text;
  const annotations: Record<string, Shadow["annotations"][string]> = {};
  for (const uid in read.value.annotations) {
    const each = read.value.annotations[uid];
    if (each !== undefined && !uids.has(uid)) annotations[uid] = each;
  }
  return shadowText({ ...read.value, annotations });
}
