import ffiUtil = require("ffi/util");
import ButtonDialog = require("ui/widget/buttondialog");
import UIManager = require("ui/uimanager");
import type { ListKey } from "../../core/catalogue";
import { guarded } from "../../guard";
import { _ } from "../gettext";
import { askForBookWords } from "../word-question";
import type { Library } from "./library";

const T = ffiUtil.template;

/** As many as fit beside each other with the keyboard on screen, one in a row. */
const MOST_RECENT = 6;

/** What the reader searches for, new or again. */
export function askForWords(library: Library, found: (list: ListKey) => void): void {
  const recent = library.ports.browse.recentSearches(library.connection.id).slice(0, MOST_RECENT);
  const typeWords = () => {
    askForBookWords(T(_("Search %1"), library.connection.name), "", words => {
      found({ kind: "search", words });
    });
  };
  if (recent.length === 0) return typeWords();
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
    buttons: [row(_("New search…"), typeWords)].concat(again),
  });
  UIManager.show(dialog);
}
