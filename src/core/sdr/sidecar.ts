import { success, type Result } from "../result";
import { engineOf, viewOf, type AnnotationView, type Engine } from "./annotation-item";
import type { ReadFailure } from "./limits";
import { readLuaData } from "./lua-reader";
import { get, getNumber, getTable, getText, listItems, tableOf, type DataTable, type LuaValue } from "./lua-value";
import { travels } from "./sidecar-keys";

/** What a sidecar says of all that may travel. */
export interface SidecarView {
  readonly annotations: readonly AnnotationView[];
  /** The engines whose list this sidecar has, be it empty. A list that is not there says nothing. */
  readonly listed: Readonly<Partial<Record<Engine, true>>>;
  /** The engine that the book was last opened with here. */
  readonly engine: Engine | undefined;
  /** `summary.*`, `custom.*`, `set.*`: only what is there. */
  readonly fields: Readonly<Record<string, LuaValue>>;
  /** Where the reader is: `xp` or `page`, `percent`, `pages`, `dom`, `md5`. */
  readonly place: DataTable | undefined;
  /** `summary.modified`: a day. */
  readonly modified: string | undefined;
}

export interface SidecarOptions {
  /** `custom_metadata.lua` of the same book, if there is one. */
  readonly custom?: DataTable;
  /** Settings of class `screen` that the reader wants to travel. */
  readonly chosen?: Readonly<Record<string, true>>;
}

export const STATUSES: Readonly<Record<string, true>> = { reading: true, abandoned: true, complete: true };
export const CUSTOM_PROPS = [
  "title",
  "authors",
  "series",
  "series_index",
  "language",
  "keywords",
  "description",
] as const;

function engineOfSidecar(data: DataTable): Engine | undefined {
  for (const item of listItems(getTable(data, "annotations"))) {
    const engine = engineOf(get(item, "page"));
    if (engine !== undefined) return engine;
  }
  if (get(data, "last_xpointer") !== undefined) return "rolling";
  return get(data, "last_page") === undefined ? undefined : "paging";
}

/** The summary: a status that we know, a rating of one to five stars, the reader's review. */
function summaryFields(data: DataTable, fields: Record<string, LuaValue>): void {
  const summary = getTable(data, "summary");
  const status = getText(summary, "status");
  const rating = getNumber(summary, "rating");
  const review = getText(summary, "note");
  if (status !== undefined && STATUSES[status] === true) fields["summary.status"] = status;
  if (rating !== undefined && rating >= 1 && rating <= 5) fields["summary.rating"] = rating;
  if (review !== undefined && review !== "") fields["summary.note"] = review;
}

function fieldsOf(data: DataTable, options: SidecarOptions): Record<string, LuaValue> {
  const fields: Record<string, LuaValue> = {};
  const chosen = options.chosen ?? {};
  summaryFields(data, fields);
  const custom = getTable(options.custom, "custom_props");
  for (const prop of CUSTOM_PROPS) {
    const value = get(custom, prop);
    if (value !== undefined) fields[`custom.${prop}`] = value;
  }
  let index = 0;
  for (const key of data.keys) {
    const value = data.values[index];
    if (typeof key === "string" && value !== undefined && travels(key, chosen)) fields[`set.${key}`] = value;
    index += 1;
  }
  return fields;
}

function placeOf(data: DataTable, engine: Engine | undefined): DataTable | undefined {
  const xp = engine === "rolling" ? getText(data, "last_xpointer") : undefined;
  const page = engine === "paging" ? getNumber(data, "last_page") : undefined;
  if (xp === undefined && page === undefined) return undefined;
  const read = getNumber(data, "percent_finished");
  const percent = read === undefined ? undefined : Math.floor(read * 10_000 + 0.5) / 10_000;
  const pages = getNumber(data, "doc_pages");
  const dom = getNumber(data, "cre_dom_version");
  return tableOf({ xp, page, percent, pages, dom, md5: getText(data, "partial_md5_checksum") });
}

/** The lists that are there, with the engine whose positions each holds. */
function listsOf(data: DataTable, engine: Engine | undefined): { engine: Engine | undefined; list: DataTable }[] {
  const lists: { engine: Engine | undefined; list: DataTable }[] = [];
  const add = (kind: Engine | undefined, key: string): void => {
    const list = getTable(data, key);
    if (list !== undefined) lists.push({ engine: kind, list });
  };
  add(engine, "annotations");
  add("rolling", "annotations_rolling");
  add("paging", "annotations_paging");
  return lists;
}

/** Everything in a sidecar's data that may travel. KOReader parks the list of the other engine under a key of its own. */
export function viewSidecar(data: DataTable, options: SidecarOptions = {}): SidecarView {
  const engine = engineOfSidecar(data);
  const md5 = getText(data, "partial_md5_checksum");
  const dom = getNumber(data, "cre_dom_version");
  const origin = { ...(md5 !== undefined && { md5 }), ...(dom !== undefined && { dom }) };
  const annotations: AnnotationView[] = [];
  const listed: Partial<Record<Engine, true>> = {};
  for (const each of listsOf(data, engine)) {
    if (each.engine !== undefined) listed[each.engine] = true;
    for (const item of listItems(each.list)) {
      const view = viewOf(item, origin);
      if (view !== undefined) annotations.push(view);
    }
  }
  const modified = getText(getTable(data, "summary"), "modified");
  return { annotations, listed, engine, fields: fieldsOf(data, options), place: placeOf(data, engine), modified };
}

/** Reads a sidecar's text, without running it. */
export function readSidecar(text: string, options: SidecarOptions = {}): Result<SidecarView, ReadFailure> {
  const data = readLuaData(text);
  return data.ok ? success(viewSidecar(data.value, options)) : data;
}
