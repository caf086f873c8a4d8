/** Collects the items of modules and plugins and puts them under the tabs. */
import { sorted } from "../data/order";
import { uiManager } from "../loop/ui-manager";
import { timed } from "../system/journal";
import { logger } from "../system/logger";
import { type Tab, TouchMenu } from "./touch-menu";

interface MenuMember {
  readonly name?: string;
  addToMainMenu(items: KOReader.MenuItems): void;
}

const TABS: Record<string, string> = {
  navi: "Navigation",
  typeset: "Typeset",
  filemanager_settings: "Files",
  setting: "Settings",
  tools: "Tools",
  search: "Search",
  main: "Menu",
};

const READER_TABS = ["navi", "typeset", "setting", "tools", "search", "main"];
const BROWSER_TABS = ["filemanager_settings", "setting", "tools", "search", "main"];

/** Menus inside a tab that a hint may name. */
const SUBMENUS: Record<string, { readonly tab: string; readonly text: string }> = {
  more_tools: { tab: "tools", text: "More tools" },
  network: { tab: "setting", text: "Network" },
};

export class MainMenu implements KOReader.MainMenu {
  private readonly members: MenuMember[] = [];
  private tabs: readonly Tab[] | undefined;
  private shown: TouchMenu | undefined;

  constructor(private readonly isReader: boolean) {}

  registerToMainMenu(plugin: object): void {
    this.members.push(plugin as MenuMember);
  }

  open(): TouchMenu {
    this.close();
    this.tabs ??= this.build();
    const menu = new TouchMenu(this.tabs);
    this.shown = menu;
    uiManager.show(menu);
    return menu;
  }

  close(): void {
    if (this.shown !== undefined && uiManager.isWidgetShown(this.shown)) uiManager.close(this.shown);
    this.shown = undefined;
  }

  /** Built when first opened and kept as long as this browser or book is open. */
  private build(): readonly Tab[] {
    const items = this.collect();
    const places = this.emptyPlaces();
    for (const id of sorted(Object.keys(items))) this.place(items[id] as KOReader.MenuItem, places);
    return this.tabIds().map(id => ({ title: TABS[id] ?? id, items: places.get(id) ?? [] }));
  }

  private tabIds(): readonly string[] {
    return this.isReader ? READER_TABS : BROWSER_TABS;
  }

  private collect(): KOReader.MenuItems {
    const items: KOReader.MenuItems = {};
    for (const member of this.members) {
      const [ok, problem] = pcall(() => timed("addToMainMenu", () => member.addToMainMenu(items)));
      if (!ok) logger.err("failed to register widget", member.name, problem);
    }
    return items;
  }

  private emptyPlaces(): Map<string, KOReader.MenuItem[]> {
    const places = new Map<string, KOReader.MenuItem[]>();
    for (const id of this.tabIds()) places.set(id, []);
    for (const id of sorted(Object.keys(SUBMENUS))) {
      const inside: KOReader.MenuItem[] = [];
      const { tab, text } = SUBMENUS[id] as { tab: string; text: string };
      places.set(id, inside);
      places.get(tab)?.push({ text, sub_item_table: inside });
    }
    return places;
  }

  private place(item: KOReader.MenuItem, places: ReadonlyMap<string, KOReader.MenuItem[]>): void {
    const { sorting_hint: hint } = item;
    if (hint === undefined) {
      item.text = `NEW: ${item.text ?? ""}`;
      places.get(this.tabIds()[0] ?? "")?.push(item);
      return;
    }
    const place = places.get(hint);
    if (place === undefined) error(`no menu called ${hint}: opening the menu crashes KOReader`);
    else place.push(item);
  }
}
