import { guarded, guardedOr } from "../guard";

type Item = KOReader.MenuItem;

/** KOReader runs the functions of a menu unguarded, also while it draws or searches the menu: all of them pass through here. */
export function guardedItems(items: readonly Item[]): Item[] {
  return items.map(item => guardedItem(item));
}

function guardedItem(item: Item): Item {
  const { text_func, enabled_func, checked_func, callback, sub_item_table_func } = item;
  if (text_func !== undefined) item.text_func = guardedOr("Ribbon", text_func);
  if (enabled_func !== undefined) item.enabled_func = guardedOr(false, enabled_func);
  if (checked_func !== undefined) item.checked_func = guardedOr(false, checked_func);
  if (callback !== undefined) item.callback = guarded(callback);
  if (item.sub_item_table !== undefined) item.sub_item_table = guardedItems(item.sub_item_table);
  if (sub_item_table_func !== undefined) {
    item.sub_item_table_func = guardedOr<Item[]>([], () => guardedItems(sub_item_table_func()));
  }
  return item;
}
