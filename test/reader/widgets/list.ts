/** Menu: a list in pages, with a title bar and arrows. */
import { uiManager } from "../loop/ui-manager";
import { runCallback, widgetClass } from "./widget-class";

/** KOReader's own number, which the reader may change. */
const PER_PAGE = 14;

type List = KOReader.ListFields & KOReader.List;

const itemText = (item: KOReader.ListItem): string =>
  item.mandatory === undefined || item.mandatory === "" ? item.text : `${item.text} | ${item.mandatory}`;

const visible = (list: List): KOReader.ListItem[] =>
  list.item_table.slice((list.page - 1) * list.perpage, list.page * list.perpage);

/** What an icon does; nothing where it is not there or grey. */
function iconAction(list: List, icon: string): (() => void) | undefined {
  const { page, page_num: last } = list;
  const actions: Record<string, (() => void) | undefined> = {
    "chevron.first": page > 1 ? () => list.onGotoPage(1) : undefined,
    "chevron.left": page > 1 ? () => list.onGotoPage(page - 1) : undefined,
    "chevron.right": page < last ? () => list.onGotoPage(page + 1) : undefined,
    "chevron.last": page < last ? () => list.onGotoPage(last) : undefined,
    "back.top": list.paths.length > 0 ? () => list.onReturn() : undefined,
    close: () => list.onClose(),
  };
  if (icon === list.title_bar_left_icon) return () => list.onLeftButtonTap?.();
  return actions[icon];
}

const METHODS = {
  init(this: List) {
    this.page = 1;
    this.paths = [];
    this.key_events = new LuaTable<string, unknown>();
    this.key_events.set("Close", "Back");
    recalculate(this);
    this.updateItems(1, true);
  },
  texts(this: List) {
    const head = this.subtitle === undefined ? [this.title] : [this.title, this.subtitle];
    const rows = visible(this).map(item => itemText(item));
    if (this.item_table.length === 0) rows.push("No items");
    return head.concat(rows, this.page_num > 1 ? [`Page ${this.page} of ${this.page_num}`] : []);
  },
  tap(this: List, text: string) {
    const item = visible(this).find(candidate => candidate.text === text || itemText(candidate) === text);
    const action = item === undefined ? iconAction(this, text) : () => this.onMenuSelect?.(item);
    if (action !== undefined) runCallback(`item ${text}`, () => action());
    return action !== undefined;
  },
  hold(this: List, text: string) {
    const item = visible(this).find(candidate => candidate.text === text || itemText(candidate) === text);
    if (item !== undefined) runCallback(`held item ${text}`, () => this.onMenuHold?.(item));
    return item !== undefined;
  },
  /** What the dialog below the page number is for. */
  type(this: List, field: string, text: string) {
    if (field === "Go to letter") runCallback("letter", () => this.goToMenuItemMatching?.(text, true));
    else if (field === "Search") runCallback("search", () => this.goToMenuItemMatching?.(text));
    else if (field === "Go to page") runCallback("page", () => this.onGotoPage(tonumber(text) ?? this.page));
    else return false;
    return true;
  },
  goToMenuItemMatching(this: List, words: string, isLetter?: boolean) {
    const at = this.item_table.findIndex(({ text }) => {
      const found = text.toLowerCase().indexOf(words.toLowerCase());
      return isLetter === true ? found === 0 : found >= 0;
    });
    if (at >= 0) this.onGotoPage(this.getPageNumber(at + 1));
  },
  onMenuSelect(this: List, item: KOReader.ListItem) {
    item.callback?.();
    this.close_callback?.();
  },
  onMenuHold() {},
  switchItemTable(
    this: List,
    title: string | undefined,
    items: KOReader.ListItem[] | undefined,
    itemnumber?: number,
    _match?: undefined,
    subtitle?: string,
  ) {
    if (items !== undefined) this.item_table = items;
    if (title !== undefined) this.title = title;
    if (subtitle !== undefined) this.subtitle = subtitle;
    if (itemnumber === undefined) this.page = 1;
    else if (itemnumber >= 0) this.page = this.getPageNumber(Math.min(itemnumber, this.item_table.length));
    this.updateItems(1, items === undefined);
  },
  updateItems(this: List, _select?: number, isSameSize?: boolean) {
    if (isSameSize !== true) recalculate(this);
  },
  onGotoPage(this: List, page: number) {
    this.page = page;
    this.updateItems(1, true);
  },
  getPageNumber(this: List, item: number) {
    return this.item_table.length === 0 || item === 0 ? 1 : Math.ceil(item / this.perpage);
  },
  setTitleBarLeftIcon(this: List, icon: string) {
    this.title_bar_left_icon = icon;
  },
  onReturn() {},
  onCloseWidget() {},
  onClose(this: List) {
    uiManager.close(this);
    runCallback("closed list", this.close_callback);
  },
  /** The Back key: whatever event it is bound to. */
  back(this: List) {
    if (this.key_events.has("Return")) runCallback("Back key", () => this.onReturn());
    else runCallback("Back key", () => this.onClose());
  },
};

function recalculate(list: List): void {
  list.perpage = PER_PAGE;
  list.page_num = list.getPageNumber(list.item_table.length);
  if (list.page > list.page_num) list.page = list.page_num;
}

const made = widgetClass<KOReader.ListFields, object>(METHODS);

export const list = setmetatable({ new: made.new }, { __index: METHODS }) as unknown as KOReader.ListClass;
