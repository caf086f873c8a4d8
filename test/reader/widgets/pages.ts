/** TextViewer, KeyValuePage, PathChooser, SortWidget and TextBoxWidget. */
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

export const sortWidget = widgetClass<KOReader.SortWidgetFields, object>({
  texts() {
    return [this.title].concat(this.item_table.map(item => item.text));
  },
  /** Puts an item on another place, counted from 1. */
  type(text: string, place: string) {
    const item = this.item_table.find(candidate => candidate.text === text);
    if (item === undefined) return false;
    this.item_table.splice(this.item_table.indexOf(item), 1);
    this.item_table.splice((tonumber(place) ?? 1) - 1, 0, item);
    return true;
  },
  tap(text: string) {
    if (text !== "✓") return false;
    runCallback("sorted list", this.callback);
    uiManager.close(this);
    return true;
  },
  back() {
    uiManager.close(this);
  },
});

export const textBoxWidget = widgetClass<KOReader.TextBoxWidgetFields, object>({
  texts() {
    return [this.text];
  },
  setText(text: string) {
    this.text = text;
  },
  getLineHeight() {
    return 20;
  },
  getSize() {
    return { w: this.width, h: 100 };
  },
  free() {},
});

export const font: KOReader.Font = {
  getFace: name => name,
};
