import Menu = require("ui/widget/menu");
import UIManager = require("ui/uimanager");
import { guarded } from "../../guard";
import { say } from "../say";

export interface ListScreen {
  readonly title: string;
  /** Below the title. */
  subtitle?(this: void): string;
  /** As they are at the moment; `refresh` asks for them again. */
  rows(this: void, refresh: () => void): KOReader.ListItem[];
  /** Said when there is nothing to list. */
  readonly empty?: string;
  closed?(this: void): void;
}

/** A list that is shown; both do nothing once it is gone. */
export interface ShownList {
  refresh(this: void): void;
  close(this: void): void;
}

/** A list over the whole screen that stays when an item is tapped; it goes when its last row went. */
export function showList(screen: ListScreen): ShownList {
  const rows = () => screen.rows(() => refresh());
  const first = rows();
  if (first.length === 0) {
    say(screen.empty ?? "");
    return { refresh: () => {}, close: () => {} };
  }
  const subtitle = screen.subtitle?.();
  const list = Menu.new({
    title: screen.title,
    ...(subtitle === undefined ? {} : { subtitle }),
    item_table: first,
    is_popout: false,
    is_borderless: true,
    covers_fullscreen: true,
    onMenuSelect: item => {
      item.callback?.();
    },
    close_callback: guarded(() => screen.closed?.()),
  });
  const close = () => {
    if (!UIManager.isWidgetShown(list)) return;
    UIManager.close(list);
    screen.closed?.();
  };
  const refresh = () => {
    if (!UIManager.isWidgetShown(list)) return;
    const next = rows();
    if (next.length === 0) return close();
    list.switchItemTable(undefined, next, -1, undefined, screen.subtitle?.());
  };
  UIManager.show(list);
  return { refresh, close };
}
