import Menu = require("ui/widget/menu");
import UIManager = require("ui/uimanager");

/** What a list says of itself. */
interface Heading {
  readonly title: string;
  readonly subtitle?: string;
}

/** Shows a list over the whole screen; it stays when one of its rows is tapped. */
export function showPlainList(heading: Heading, rows: KOReader.ListItem[]): KOReader.List {
  const list = Menu.new({
    ...heading,
    item_table: rows,
    is_popout: false,
    is_borderless: true,
    covers_fullscreen: true,
    onMenuSelect: item => {
      item.callback?.();
    },
  });
  UIManager.show(list);
  return list;
}
