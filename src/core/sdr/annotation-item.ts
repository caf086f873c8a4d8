import { jsonText } from "./json-text";
import { EMPTY, get, getNumber, getText, isTable, tableOf, withKey, type DataTable, type LuaValue } from "./lua-value";

/** Which of KOReader's engines made a position: xpointers (`rolling`) or pages (`paging`). */
export type Engine = "rolling" | "paging";

/** One item of KOReader's list, cut into the groups that merge apart. Registers hold these tables as they are. */
export interface AnnotationView {
  /** What it was made of: kind, `datetime`, position. Equal on every device that has a copy. */
  readonly key: string;
  readonly engine: Engine;
  readonly pos: DataTable;
  readonly sty: DataTable;
  readonly note: DataTable | undefined;
  /** As KOReader wrote it, with what we do not know. */
  readonly item: DataTable;
}

// `chapter`, and the origin that we add, go along, but no difference in them is an edit.
const POSITION_KEYS = ["datetime", "ext", "page", "pboxes", "pos0", "pos1", "text", "text_edited"] as const;
/** What `isHighlight` looks at; a word of ours beside KOReader's. */
const KIND = "kind";

const DRAWERS: Readonly<Record<string, true>> = { lighten: true, underscore: true, strikeout: true, invert: true };

function pick(item: DataTable, wanted: readonly string[]): DataTable {
  const keys: string[] = [];
  const values: LuaValue[] = [];
  for (const key of wanted) {
    const value = get(item, key);
    if (value !== undefined) {
      keys.push(key);
      values.push(value);
    }
  }
  return { keys, values };
}

/** Xpointers are text, page numbers are numbers; anything else is no position. */
export function engineOf(page: LuaValue | undefined): Engine | undefined {
  if (typeof page === "string") return page.startsWith("/") ? "rolling" : undefined;
  return typeof page === "number" && page >= 1 && Math.floor(page) === page ? "paging" : undefined;
}

export function isHighlight(pos: DataTable): boolean {
  return getText(pos, KIND) === "h";
}

/** Where an annotation stands: equal for two that mark the same place in the same way. */
export function placeKey(pos: DataTable): string {
  const at = isHighlight(pos) ? pick(pos, ["page", "pos0", "pos1"]) : pick(pos, ["page"]);
  return `${isHighlight(pos) ? "h" : "b"}${jsonText(at)}`;
}

function noteOf(item: DataTable): DataTable | undefined {
  const note = getText(item, "note");
  // Page bookmarks carry a derived text; only `note` is the reader's. KOReader drops an empty one.
  return note === undefined || note === "" ? undefined : pick(item, ["note", "note_format"]);
}

/**
 * Reads one item of `annotations`; undefined where it has no time or place.
 * A page bookmark's `text` is a sentence in the reader's language, made anew by each device: it does not travel.
 */
export function viewOf(
  item: LuaValue,
  origin: { readonly md5?: string; readonly dom?: number },
): AnnotationView | undefined {
  if (!isTable(item)) return undefined;
  const engine = engineOf(get(item, "page"));
  const datetime = getText(item, "datetime");
  if (engine === undefined || datetime === undefined) return undefined;
  const isMark = get(item, "drawer") !== undefined;
  const kind = isMark ? "h" : "b";
  const own = pick(item, isMark ? POSITION_KEYS : ["datetime", "page"]);
  const along = tableOf({ [KIND]: kind, chapter: get(item, "chapter"), dom: origin.dom, md5: origin.md5 });
  const pos = { keys: own.keys.concat(along.keys), values: own.values.concat(along.values) };
  const sty = isMark ? pick(item, ["color", "drawer"]) : EMPTY;
  return { key: `${kind}${datetime}|${placeKey(pos)}`, engine, pos, sty, note: noteOf(item), item };
}

/** The text by which two positions are compared. */
export function positionText(pos: DataTable): string {
  return jsonText(pick(pos, POSITION_KEYS));
}

function withGroup(item: DataTable, keys: readonly string[], source: DataTable | undefined): DataTable {
  let changed = item;
  for (const key of keys) changed = withKey(changed, key, source === undefined ? undefined : get(source, key));
  return changed;
}

function styled(sty: DataTable): DataTable {
  const drawer = getText(sty, "drawer");
  const color = getText(sty, "color");
  return tableOf({ drawer: drawer !== undefined && DRAWERS[drawer] === true ? drawer : "lighten", color });
}

/** The item as KOReader shall have it: what merges comes from us, the rest stays as it is on this device. */
export function itemOf(
  parts: { readonly pos: DataTable; readonly sty: DataTable; readonly note: DataTable | undefined },
  local: DataTable | undefined,
): DataTable {
  const isMark = isHighlight(parts.pos);
  let item = withGroup(local ?? EMPTY, isMark ? POSITION_KEYS : ["datetime", "page"], parts.pos);
  if (local === undefined) item = withGroup(item, ["chapter"], parts.pos);
  item = withGroup(item, ["drawer", "color"], isMark ? styled(parts.sty) : undefined);
  return withGroup(item, ["note", "note_format"], parts.note);
}

/** Which book file and layout a position was made in, where that is known. */
export function originOf(pos: DataTable): { md5: string | undefined; dom: number | undefined } {
  return { md5: getText(pos, "md5"), dom: getNumber(pos, "dom") };
}
