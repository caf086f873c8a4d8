import Event = require("ui/event");
import UIManager = require("ui/uimanager");
import { viewOf } from "../../core/sdr/annotation-item";
import type { DataTable } from "../../core/sdr/lua-value";
import { get, withKey } from "../../core/sdr/lua-value";
import type { AnnotationEdit, Applied, OpenBook, Origin } from "../../ports/open-sidecar";
import { isInDocument, marksItsText } from "./anchor";
import { Items, keyOf, nativeItem, overwrite } from "./items";
import { fromNative } from "./native";

/** A sidecar as KOReader has it in memory. */
function dataOf(settings: KOReader.LuaSettings): DataTable {
  const data = fromNative(settings.data);
  return typeof data === "object" ? data : { keys: [], values: [] };
}

interface Counts {
  readonly nb_highlights_added?: number;
  readonly nb_notes_added?: number;
}

/** As KOReader counts highlights and notes; dog-ears are not counted. */
function counts(item: DataTable, sign: 1 | -1): Counts {
  const view = viewOf(item, {});
  if (view === undefined || get(view.sty, "drawer") === undefined) return {};
  return view.note === undefined ? { nb_highlights_added: sign } : { nb_notes_added: sign };
}

function sum(a: Counts, b: Counts): Counts {
  const highlights = (a.nb_highlights_added ?? 0) + (b.nb_highlights_added ?? 0);
  const notes = (a.nb_notes_added ?? 0) + (b.nb_notes_added ?? 0);
  return { nb_highlights_added: highlights, nb_notes_added: notes };
}

/** As KOReader's ReaderRolling and ReaderPaging save it; as it was last saved while there is no page yet. */
function withPlace(data: DataTable, { rolling, paging, view }: KOReader.Ui): DataTable {
  const key = rolling === undefined ? "last_page" : "last_xpointer";
  const progress = rolling?.getLastProgress() ?? paging?.getLastProgress();
  if (progress === undefined || progress === "") return data;
  const percent = view?.footer.percent_finished ?? rolling?.getLastPercent() ?? paging?.getLastPercent() ?? 0;
  return withKey(withKey(data, key, progress), "percent_finished", percent);
}

/** @see OpenBook */
export class KoOpenBook implements OpenBook {
  readonly file: string;
  private readonly gone: string[] = [];
  private isApplying = false;

  /** Made at `DocSettingsLoad`, when `ui.annotation` is there and still empty. */
  constructor(
    private readonly ui: KOReader.Ui,
    private readonly document: KOReader.Document,
    private readonly settings: KOReader.DocSettings,
    readonly session: string,
  ) {
    this.file = document.file;
  }

  removed(): readonly string[] {
    return this.gone;
  }

  /** What KOReader would write down now: it does so at sleep, after a Kobo's network is gone, and every quarter of an hour. */
  data(): DataTable {
    const list = fromNative(this.list());
    const data = withPlace(dataOf(this.settings), this.ui);
    return list === undefined || this.list().length === 0 ? data : withKey(data, "annotations", list);
  }

  holds(item: DataTable, { md5, dom }: Origin): boolean {
    const { data } = this.settings;
    const isSameFile = md5 !== undefined && md5 === data["partial_md5_checksum"] && dom === data["cre_dom_version"];
    return isInDocument(this.document, item) && (isSameFile || marksItsText(this.document, item));
  }

  isFree(): boolean {
    const { highlight } = this.ui;
    const isSelecting = highlight?.select_mode === true || highlight?.hold_pos !== undefined;
    return !isSelecting && UIManager.getTopmostVisibleWidget() === (this.ui as KOReader.Widget);
  }

  /**
   * At `AnnotationsModified`. A negative index says that the item was removed; KOReaders before v2025.04 give none, nor does
   * a note that becomes a highlight. Gives the key of what was removed.
   */
  heard(items: KOReader.AnnotationsModified): string | undefined {
    if (this.isApplying || (items.index_modified ?? 0) >= 0) return undefined;
    const [item] = items as unknown as KOReader.Annotation[];
    const key = item === undefined ? undefined : keyOf(item);
    if (key !== undefined) this.gone.push(key);
    return key;
  }

  apply(edits: readonly AnnotationEdit[]): Applied {
    this.isApplying = true;
    const done = { add: 0, change: 0, remove: 0 };
    const [left, there]: [AnnotationEdit[], AnnotationEdit[]] = [[], []];
    for (const edit of edits) {
      if (edit.kind === "add" && new Items(this.list()).holds(edit.item)) there.push(edit);
      else if (this.applyOne(edit)) done[edit.kind] += 1;
      else left.push(edit);
    }
    this.isApplying = false;
    return { added: done.add, changed: done.change, removed: done.remove, left, there };
  }

  repaint(): void {
    UIManager.setDirty(this.ui, "ui");
    this.ui.view?.footer.maybeUpdateFooter();
  }

  private list(): KOReader.Annotation[] {
    return this.ui.annotation?.annotations ?? [];
  }

  private applyOne(edit: AnnotationEdit): boolean {
    switch (edit.kind) {
      case "add":
        return this.add(edit.item);
      case "change":
        return this.change(edit.before, edit.item);
      case "remove":
        return this.remove(edit.before);
    }
  }

  /** At its place, as KOReader does it: the list stays sorted. */
  private add(item: DataTable): boolean {
    if (new Items(this.list()).holds(item)) return true;
    if (!isInDocument(this.document, item)) return false;
    const live = nativeItem(item);
    const { datetime } = live;
    const index = this.ui.annotation?.addItem(live) ?? 0;
    // Before v2025.08 KOReader takes now for the time at which it was made.
    live.datetime = datetime;
    this.tell(live, index, counts(item, 1));
    return true;
  }

  private remove(before: DataTable): boolean {
    const index = new Items(this.list()).find(before);
    const [live] = index < 0 ? [] : this.list().splice(index, 1);
    if (live !== undefined) this.tell(live, -(index + 1), counts(before, -1));
    return live !== undefined;
  }

  /** One whose ends moved is taken out and put in again. */
  private change(before: DataTable, item: DataTable): boolean {
    const index = new Items(this.list()).find(before);
    const live = this.list()[index];
    if (live === undefined || !isInDocument(this.document, item)) return false;
    if (viewOf(before, {})?.key !== viewOf(item, {})?.key) return this.remove(before) && this.add(item);
    overwrite(live, nativeItem(item));
    this.tell(live, index + 1, sum(counts(before, -1), counts(item, 1)));
    return true;
  }

  /** The index keeps KOReader from stamping the item with the time now. */
  private tell(item: KOReader.Annotation, index: number, added: Counts): void {
    const items = Object.assign([item], { ...added, index_modified: index });
    this.ui.handleEvent(Event.new("AnnotationsModified", items));
  }
}
