import {
  type Change,
  type DataTable,
  deliver,
  getNumber,
  getText,
  itemOf,
  originOf,
  type Shown,
  viewSidecar,
} from "../../core/sdr/index";
import type { Origin } from "../../ports/open-sidecar";
import type { WorkerTools } from "./afar/work";
import { bookOf, shadowBefore } from "./look";
import type { WatchedBook } from "./tools";

/** One that was made in another file: only the document on screen can say whether it belongs there. */
export interface Doubtful {
  readonly uid: string;
  readonly item: DataTable;
  readonly origin: Origin;
}

/** What waits for the book on screen, as far as a worker can say. */
export interface Staged {
  /** Those that are doubtful among them. */
  readonly incoming: readonly Change[];
  readonly doubtful: readonly Doubtful[];
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
  const { incoming } = deliver({
    ...tools.one.allOf(book),
    shadow,
    view,
    data,
    chosen,
    admits: shown => admits(shown),
  });
  return { book, incoming, doubtful };
}

/** Without those that the document on screen has no place for. */
export function onlyOwn(
  { incoming, doubtful }: Staged,
  isOwn: (this: void, item: DataTable, origin: Origin) => boolean,
): Change[] {
  const strange = doubtful.filter(({ item, origin }) => !isOwn(item, origin)).map(({ uid }) => uid);
  return incoming.filter(change => change.kind !== "added" || !strange.includes(change.uid));
}
