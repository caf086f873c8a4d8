import _ = require("gettext");
import ffiUtil = require("ffi/util");
import ButtonDialog = require("ui/widget/buttondialog");
import InputDialog = require("ui/widget/inputdialog");
import UIManager = require("ui/uimanager");
import type { ListKey } from "../../core/catalogue";
import { guarded } from "../../guard";
import type { Library } from "./library";

const T = ffiUtil.template;

/** As many as fit beside each other with the keyboard on screen, one in a row. */
const MOST_RECENT = 6;

/** What the reader searches for, new or again. */
export function askForWords(library: Library, found: (list: ListKey) => void): void {
  const recent = library.ports.browse.recentSearches(library.connection.id).slice(0, MOST_RECENT);
  if (recent.length === 0) return typeWords(library, "", found);
  const close = () => {
    UIManager.close(dialog);
  };
  const row = (text: string, act: () => void): KOReader.Button[] => [
    {
      text,
      callback: guarded(() => {
        close();
        act();
      }),
    },
  ];
  const again = recent.map(words =>
    row(T(_("“%1”"), words), () => {
      found({ kind: "search", words });
    }),
  );
  const dialog = ButtonDialog.new({
    title: T(_("Search %1"), library.connection.name),
    title_align: "center",
    buttons: [
      row(_("New search…"), () => {
        typeWords(library, "", found);
      }),
    ].concat(again),
  });
  UIManager.show(dialog);
}

function typeWords(library: Library, words: string, found: (list: ListKey) => void): void {
  const close = () => {
    UIManager.close(dialog);
  };
  const search = () => {
    const typed = dialog.getInputText();
    if (typed === "") return;
    close();
    found({ kind: "search", words: typed });
  };
  const dialog = InputDialog.new({
    title: T(_("Search %1"), library.connection.name),
    description: _("Words of the title, the author or the series"),
    input: words,
    buttons: [
      [
        { text: _("Cancel"), id: "close", callback: guarded(close) },
        { text: _("Search"), is_enter_default: true, callback: guarded(search) },
      ],
    ],
  });
  UIManager.show(dialog);
  dialog.onShowKeyboard();
}
