import ffiUtil = require("ffi/util");
import InputDialog = require("ui/widget/inputdialog");
import UIManager = require("ui/uimanager");
import { guarded } from "../guard";
import { _ } from "./gettext";
import type { Ports } from "./ports";

const T = ffiUtil.template;

/** The name under which servers and other devices show this one. */
export function deviceNameItem(ports: Ports): KOReader.MenuItem {
  return {
    text_func: () => T(_("Name of this device: %1"), ports.overview.deviceName()),
    help_text: _("Your other devices say this name when you have read further here. Two devices need two names."),
    keep_menu_open: true,
    callback: menu => {
      askForName(ports, () => {
        menu.updateItems();
      });
    },
  };
}

function askForName({ overview, actions }: Ports, changed: () => void): void {
  const close = () => {
    UIManager.close(dialog);
  };
  const save = () => {
    const name = dialog.getInputText();
    if (name === "") return;
    close();
    actions.setDeviceName(name);
    changed();
  };
  const dialog = InputDialog.new({
    title: _("Name of this device"),
    input: overview.deviceName(),
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
