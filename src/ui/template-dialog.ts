import Font = require("ui/font");
import InputDialog = require("ui/widget/inputdialog");
import TextBoxWidget = require("ui/widget/textboxwidget");
import UIManager = require("ui/uimanager");
import { parseTemplate } from "../core/path-template";
import { guarded } from "../guard";
import { _ } from "./gettext";
import { say } from "./say";
import { previewOf, problemText, templateHelp } from "./template-words";

/** Two paths of two lines each. */
const LINES = 4;

/** Asks for a template and shows, with every letter, what it makes of two books; what is none is not saved. */
export function askForTemplate(present: string, save: (template: string) => void): void {
  let preview: KOReader.TextBoxWidget | undefined;
  const close = () => {
    UIManager.close(dialog);
  };
  const confirm = () => {
    const typed = dialog.getInputText();
    const parsed = parseTemplate(typed);
    if (!parsed.ok) return say(problemText(parsed.failure));
    close();
    save(typed);
  };
  const dialog = InputDialog.new({
    title: _("Your template"),
    input: present,
    edited_callback: guarded(() => {
      // KOReader calls it while it makes the dialog, too.
      if (preview === undefined) return;
      preview.setText(previewOf(dialog.getInputText()));
      UIManager.setDirty(dialog, "ui");
    }),
    buttons: [
      [
        { text: _("Cancel"), id: "close", callback: guarded(close) },
        { text: _("Help"), callback: guarded(() => { say(templateHelp()); }) }, // prettier-ignore
        { text: _("Save"), is_enter_default: true, callback: guarded(confirm) },
      ],
    ],
  });
  preview = previewBelow(dialog, present);
  UIManager.show(dialog);
  dialog.onShowKeyboard();
}

function previewBelow(dialog: KOReader.InputDialog, typed: string): KOReader.TextBoxWidget {
  const face = Font.getFace("x_smallinfofont");
  const width = dialog.getAddedWidgetAvailableWidth();
  const height = LINES * TextBoxWidget.new({ text: "", face, width }).getLineHeight();
  const fields = { text: previewOf(typed), face, width, height, height_overflow_show_ellipsis: true };
  const preview = TextBoxWidget.new(fields);
  dialog.addWidget(preview);
  return preview;
}
