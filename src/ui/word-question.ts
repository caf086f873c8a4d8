import InputDialog = require("ui/widget/inputdialog");
import UIManager = require("ui/uimanager");
import { guarded } from "../guard";
import { _ } from "./gettext";

/** Asks for words of a book, beginning with `words`; nothing is told when the reader leaves it, or types none. */
export function askForBookWords(
  title: string,
  words: string,
  typed: (words: string) => void,
  description = _("Words of the title, the author or the series"),
): void {
  const close = () => {
    UIManager.close(dialog);
  };
  const search = () => {
    const answer = dialog.getInputText();
    if (answer === "") return;
    close();
    typed(answer);
  };
  const dialog = InputDialog.new({
    title,
    description,
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
