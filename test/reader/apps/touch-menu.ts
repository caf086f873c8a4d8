/** The menu at the top of the screen, while it is open. */
import { uiManager } from "../loop/ui-manager";
import type { Window } from "../loop/windows";
import { timed } from "../system/journal";
import { infoMessage } from "../widgets/messages";
import { runCallback } from "../widgets/widget-class";

export interface Tab {
  readonly title: string;
  readonly items: KOReader.MenuItem[];
}

const itemText = (item: KOReader.MenuItem): string =>
  item.text_func === undefined ? (item.text ?? "") : timed("menu text", item.text_func);

const isEnabled = (item: KOReader.MenuItem): boolean => item.enabled_func?.() ?? item.enabled ?? true;

const isChecked = (item: KOReader.MenuItem): boolean => item.checked_func?.() ?? false;

export class TouchMenu implements KOReader.TouchMenu, Window {
  private items: KOReader.MenuItem[];
  private readonly above: KOReader.MenuItem[][] = [];

  constructor(private readonly tabs: readonly Tab[]) {
    this.items = tabs[0]?.items ?? [];
  }

  handleEvent(_event: KOReader.Event): undefined {
    return undefined;
  }

  texts(): string[] {
    return this.items.map(item => (isChecked(item) ? `✓ ${itemText(item)}` : itemText(item)));
  }

  /** Switches to a tab by its title, or selects an item. */
  tap(text: string): boolean {
    const tab = this.tabs.find(candidate => candidate.title === text);
    if (tab !== undefined && this.above.length === 0) {
      this.items = tab.items;
      return true;
    }
    const item = this.find(text);
    if (item !== undefined) this.select(item);
    return item !== undefined;
  }

  hold(text: string): boolean {
    const item = this.find(text);
    if (item?.hold_callback !== undefined) runCallback(`held ${text}`, () => item.hold_callback?.(this));
    else if (item?.help_text !== undefined) uiManager.show(infoMessage.new({ text: item.help_text }));
    return item !== undefined;
  }

  back(): void {
    const before = this.above.pop();
    if (before === undefined) this.closeMenu();
    else this.items = before;
  }

  updateItems(): void {
    // KOReader draws the items again, which asks each for its text.
    this.texts();
  }

  closeMenu(): void {
    uiManager.close(this);
  }

  private find(text: string): KOReader.MenuItem | undefined {
    return this.items.find(item => itemText(item) === text && isEnabled(item));
  }

  private select(item: KOReader.MenuItem): void {
    const below =
      item.sub_item_table_func === undefined ? item.sub_item_table : timed("submenu", item.sub_item_table_func);
    if (below !== undefined) return this.descend(below);
    if (item.callback === undefined) return;
    runCallback(`menu ${itemText(item)}`, () => item.callback?.(this));
    if (item.checked_func !== undefined) this.updateItems();
    else if (item.keep_menu_open !== true) this.closeMenu();
  }

  private descend(items: KOReader.MenuItem[]): void {
    if (items.length === 0) return;
    this.above.push(this.items);
    this.items = items;
  }
}
