import { placeKey, positionText, viewOf } from "../../core/sdr/annotation-item";
import { jsonText } from "../../core/sdr/json-text";
import { type DataTable, get, type LuaValue } from "../../core/sdr/lua-value";
import { fromNative, toNative } from "./native";

/** An annotation in KOReader's own list. */
type Live = KOReader.Annotation;

/** What KOReader computes on the device, and what it alone stamps. */
const OWN_FIELDS = ["pageno", "pageref", "datetime_updated"];

interface Read {
  readonly key: string;
  readonly place: string;
  /** Everything that is the reader's: equal when nothing was edited. */
  readonly content: string;
}

function readItem(item: LuaValue | undefined): Read | undefined {
  const view = item === undefined ? undefined : viewOf(item, {});
  if (view === undefined) return undefined;
  const note = view.note === undefined ? "" : jsonText(view.note);
  return {
    key: view.key,
    place: placeKey(view.pos),
    content: positionText(view.pos) + jsonText(view.sty) + note,
  };
}

/** What an annotation was made of; nothing for what is none. */
export const keyOf = (live: Live): string | undefined => readItem(fromNative(live))?.key;

export const nativeItem = (item: DataTable): Live => toNative(item) as Live;

/** KOReader's list of annotations, looked through by what is in it. */
export class Items {
  constructor(private readonly list: Live[]) {}

  /** Whether the place is marked already in the same way: by an earlier delivery, or by the reader. */
  holds(item: DataTable): boolean {
    const wanted = readItem(item);
    const page = get(item, "page");
    return this.list.some(live => live.page === page && readItem(fromNative(live))?.place === wanted?.place);
  }

  /** Where the annotation is that still is as it was shown; -1 when it is gone or changed. */
  find(before: DataTable): number {
    const shown = readItem(before);
    const made = get(before, "datetime");
    return this.list.findIndex(live => {
      if (live.datetime !== made) return false;
      const read = readItem(fromNative(live));
      return read !== undefined && read.key === shown?.key && read.content === shown.content;
    });
  }
}

/** Makes one annotation another, without touching what the device keeps for itself. */
export function overwrite(live: Live, wanted: Live): void {
  const [to, from] = [live as unknown as LuaTable<string, unknown>, wanted as unknown as LuaTable<string, unknown>];
  const gone: string[] = [];
  for (const [key] of to) if (from.get(key) === undefined && !OWN_FIELDS.includes(key)) gone.push(key);
  for (const key of gone) to.delete(key);
  for (const [key, value] of from) if (!OWN_FIELDS.includes(key)) to.set(key, value);
}
