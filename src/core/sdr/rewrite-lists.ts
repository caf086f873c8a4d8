import { viewOf, type Engine } from "./annotation-item";
import { getTable, listItems, listOf, withKey, type DataTable, type LuaValue } from "./lua-value";

/** What becomes of the items of a sidecar's lists, by their keys; an item without a word stays as it is. */
export interface Decisions {
  readonly replaced: Record<string, DataTable>;
  readonly dropped: Record<string, true>;
  readonly added: { readonly engine: Engine; readonly item: DataTable }[];
}

/** KOReader looks for the list of the engine that is not in use under a key of its own. */
function listKey(engine: Engine, current: Engine | undefined): string {
  return engine === current ? "annotations" : `annotations_${engine}`;
}

function rewritten(list: DataTable | undefined, decisions: Decisions): { items: LuaValue[]; isChanged: boolean } {
  const items: LuaValue[] = [];
  let isChanged = false;
  for (const item of listItems(list)) {
    const key = viewOf(item, {})?.key ?? "";
    const replacement = decisions.replaced[key];
    if (decisions.dropped[key] !== true) items.push(replacement ?? item);
    if (decisions.dropped[key] === true || replacement !== undefined) isChanged = true;
  }
  return { items, isChanged };
}

/**
 * The sidecar's data with its lists as they shall be. Additions stand at the end: `annotations_externally_modified` makes KOReader
 * sort the list and number its pages at the next opening (since v2024.07).
 */
export function rewriteLists(data: DataTable, current: Engine | undefined, decisions: Decisions): DataTable {
  let result = data;
  for (const key of ["annotations", "annotations_rolling", "annotations_paging"]) {
    const { items, isChanged } = rewritten(getTable(data, key), decisions);
    const added = decisions.added.filter(each => listKey(each.engine, current) === key);
    for (const each of added) items.push(each.item);
    if (isChanged || added.length > 0) {
      result = withKey(result, key, listOf(items));
      if (key === "annotations") result = withKey(result, "annotations_externally_modified", true);
    }
  }
  return result;
}
