import { viewOf } from "../../core/sdr/annotation-item";
import { type DataTable, get, getTable, isTable, listItems } from "../../core/sdr/lua-value";
import type { AnnotationEdit } from "../../ports/open-sidecar";
import type { KeyChange } from "../../ports/sidecars";
import { isSame } from "./same";

/** KOReader's flag is ours to set, with the list that it is about. */
const FLAG = "annotations_externally_modified";

/** What turns one sidecar into another, key by key. */
export function keyChanges(before: DataTable, after: DataTable): KeyChange[] {
  const changes: KeyChange[] = [];
  after.keys.forEach((key, index) => {
    const value = after.values[index];
    if (typeof key !== "string" || key === FLAG || value === undefined) return;
    if (!isSame(get(before, key), value)) changes.push({ key, value });
  });
  for (const key of before.keys) {
    if (typeof key === "string" && key !== FLAG && get(after, key) === undefined) changes.push({ key });
  }
  return changes;
}

type ByKey = LuaMap<string, DataTable>;

function byKey(data: DataTable): ByKey {
  const items: ByKey = new LuaMap();
  for (const item of listItems(getTable(data, "annotations"))) {
    const key = viewOf(item, {})?.key;
    if (key !== undefined && isTable(item) && !items.has(key)) items.set(key, item);
  }
  return items;
}

/** What turns one sidecar's list of annotations into another's, item by item: for a list that is on screen. */
export function annotationEdits(before: DataTable, after: DataTable): AnnotationEdit[] {
  const [old, wanted] = [byKey(before), byKey(after)];
  const edits: AnnotationEdit[] = [];
  for (const [key, item] of old) if (!wanted.has(key)) edits.push({ kind: "remove", before: item });
  for (const [key, item] of wanted) {
    const known = old.get(key);
    if (known === undefined) edits.push({ kind: "add", item });
    else if (!isSame(known, item)) edits.push({ kind: "change", before: known, item });
  }
  return edits;
}
