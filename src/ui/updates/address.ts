import InputDialog = require("ui/widget/inputdialog");
import UIManager = require("ui/uimanager");
import { releaseAddressOf } from "../../core/update-settings";
import { guarded } from "../../guard";
import type { Updates } from "../../ports/updates";
import { _ } from "../gettext";
import { say } from "../say";

const PROBLEMS = {
  open: () =>
    _("A release address has to begin with https://, so that nobody on the way can put something else in its place."),
  address: () => _("This is no address. It looks like this:\nhttps://example.org/ribbon/"),
};

/** Asks for a place that offers Ribbon besides the servers; empty: none. `then` also when the reader leaves it as it is. */
export function askForAddress(updates: Updates, then: () => void): void {
  const close = () => {
    UIManager.close(dialog);
    then();
  };
  const save = () => {
    const address = releaseAddressOf(dialog.getInputText());
    if (!address.ok) return say(PROBLEMS[address.failure]());
    updates.save({ address: address.value });
    close();
  };
  const dialog = InputDialog.new({
    title: _("Release address"),
    description: _("A web address where newer versions of Ribbon lie, besides your servers. Empty: none."),
    input: updates.settings().address,
    buttons: [
      [
        { text: _("Cancel"), id: "close", callback: guarded(close) },
        { text: _("Save"), is_enter_default: true, callback: guarded(save) },
      ],
    ],
  });
  UIManager.show(dialog);
  dialog.onShowKeyboard();
}
