import { sortedKeys } from "../order";
import type { BookState } from "./book-state";
import type { LuaValue } from "./lua-value";
import { latest } from "./register";

interface Published {
  readonly device: string;
  readonly facts: LuaValue;
}

/** What each device published of a book, by device. */
export function factsIn(state: BookState): Published[] {
  const found: Published[] = [];
  for (const name of sortedKeys(state.fields)) {
    const facts = name.startsWith("book.") ? latest(state.fields[name]?.writes ?? [])?.value : undefined;
    if (facts !== undefined) found.push({ device: name.slice(5), facts });
  }
  return found;
}
