/** TextViewer, KeyValuePage, Menu and PathChooser. */
import { uiManager } from "../loop/ui-manager";
import type { Window } from "../loop/windows";
import { buttonTexts, tapButton } from "./buttons";
import { runCallback, widgetClass } from "./widget-class";

/** What a page does when it is closed by its cross or the Back key. */
function closePage(page: Window & { close_callback?: KOReader.Callback }): void {
  uiManager.close(page);
  runCallback("closed page", page.close_callback);
}

export const textViewer = widgetClass<KOReader.TextViewerFields, object>({
  texts() {
    return [this.title, this.text].concat(buttonTexts(this.buttons_table ?? []));
  },
  tap(text: string) {
    return tapButton(this.buttons_table ?? [], text);
  },
  back() {
    closePage(this);
  },
});

const rows = (pairs: readonly KOReader.KeyValue[]): KOReader.KeyValueRow[] =>
  pairs.flatMap(pair => (pair === "---" ? [] : [pair]));

/** A row is a Lua list with fields: its first two items, which TypeScript counts from 0 in an array only. */
const cellsOf = (row: KOReader.KeyValueRow): string[] => row as unknown as string[];

const rowText = (row: KOReader.KeyValueRow): string => `${cellsOf(row)[0]}: ${cellsOf(row)[1]}`;

const isRow = (row: KOReader.KeyValueRow, text: string): boolean =>
  [cellsOf(row)[0], cellsOf(row)[1], rowText(row)].includes(text);

export const keyValuePage = widgetClass<KOReader.KeyValuePageFields, object>({
  texts() {
    return [this.title].concat(rows(this.kv_pairs).map(row => rowText(row)));
  },
  tap(text: string) {
    const row = rows(this.kv_pairs).find(candidate => isRow(candidate, text));
    if (row?.callback !== undefined) runCallback(`row ${text}`, row.callback);
    return row?.callback !== undefined;
  },
  hold(text: string) {
    const row = rows(this.kv_pairs).find(candidate => isRow(candidate, text));
    if (row?.hold_callback !== undefined) runCallback(`held row ${text}`, row.hold_callback);
    return row?.hold_callback !== undefined;
  },
  back() {
    closePage(this);
  },
});

const itemText = (item: KOReader.ListItem): string =>
  item.mandatory === undefined ? item.text : `${item.text} | ${item.mandatory}`;

export const list: KOReader.WidgetClass<KOReader.ListFields, KOReader.List> = widgetClass<KOReader.ListFields, object>({
  texts() {
    const head = this.subtitle === undefined ? [this.title] : [this.title, this.subtitle];
    return head.concat(this.item_table.map(item => itemText(item)));
  },
  tap(text: string) {
    const item = this.item_table.find(candidate => candidate.text === text || itemText(candidate) === text);
    if (item !== undefined) runCallback(`item ${text}`, () => this.onMenuSelect?.(item));
    return item !== undefined;
  },
  hold(text: string) {
    const item = this.item_table.find(candidate => candidate.text === text);
    if (item !== undefined) runCallback(`held item ${text}`, () => this.onMenuHold?.(item));
    return item !== undefined;
  },
  onMenuSelect(item: KOReader.ListItem) {
    item.callback?.();
    this.close_callback?.();
  },
  onMenuHold(item: KOReader.ListItem) {
    item.hold_callback?.();
  },
  switchItemTable(title: string | undefined, items: KOReader.ListItem[]) {
    if (title !== undefined) this.title = title;
    this.item_table = items;
  },
  updateItems() {},
  onReturn() {
    closePage(this);
  },
  back() {
    if ((this.paths ?? []).length > 0) runCallback("return arrow", () => this.onReturn?.());
    else closePage(this);
  },
}) as unknown as KOReader.WidgetClass<KOReader.ListFields, KOReader.List>;

export const pathChooser = widgetClass<KOReader.PathChooserFields, object>({
  texts() {
    return [this.title ?? "Choose a path", this.path ?? "."];
  },
  /** The path that the reader picks. */
  type(_field: string, path: string) {
    uiManager.close(this);
    runCallback("chosen path", () => this.onConfirm(path));
    return true;
  },
  back() {
    uiManager.close(this);
  },
});
