import ffiUtil = require("ffi/util");
import SortWidget = require("ui/widget/sortwidget");
import UIManager = require("ui/uimanager");
import { type Format, type FormatOrders, orderFor } from "../core/format-choice";
import { guarded } from "../guard";
import { _ } from "./gettext";

const T = ffiUtil.template;

const NAMES: Readonly<Record<Format, string>> = {
  epub: "EPUB",
  "kepub.epub": "Kobo EPUB (kepub)",
  cbz: "CBZ",
  pdf: "PDF",
  mobi: "MOBI",
  azw3: "AZW3",
};

/** The kinds of books that every Tome has; its owner may add more. */
const TYPES: Readonly<Record<string, () => string>> = {
  book: () => _("Books"),
  light_novel: () => _("Light novels"),
  manga: () => _("Manga"),
  comic: () => _("Comics"),
};
const SEEDS = ["book", "light_novel", "manga", "comic"];

function knownTypes(orders: FormatOrders): string[] {
  const others: string[] = [];
  for (const bookType in orders) {
    if (!SEEDS.includes(bookType)) others.push(bookType);
  }
  // No two are the same.
  // eslint-disable-next-line no-restricted-syntax
  return SEEDS.concat(others.sort((one, other) => (one < other ? -1 : 1)));
}

/** One item for each kind of book; a tap shows its formats, to be put in order. */
export function formatItems(given: FormatOrders, save: (orders: FormatOrders) => void): KOReader.MenuItem[] {
  let orders = given;
  return knownTypes(given).map((bookType): KOReader.MenuItem => {
    const name = TYPES[bookType]?.() ?? bookType;
    return {
      text_func: () => T(_("%1: %2 first"), name, NAMES[orderFor(orders, bookType)[0] ?? "epub"]),
      help_text: _("The format at the top is fetched where the library has it, otherwise the next one, and so on."),
      keep_menu_open: true,
      callback: menu => {
        askForOrder(name, orderFor(orders, bookType), order => {
          orders = { ...orders, [bookType]: order.join(" ") };
          save(orders);
          menu.updateItems();
        });
      },
    };
  });
}

function askForOrder(name: string, order: readonly Format[], save: (order: Format[]) => void): void {
  const items = order.map(format => ({ text: NAMES[format], format }));
  UIManager.show(
    SortWidget.new({
      title: T(_("Formats of %1, the first choice at the top"), name),
      item_table: items,
      callback: guarded(() => {
        save(items.map(({ format }) => format));
      }),
    }),
  );
}
