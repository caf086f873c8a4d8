import SpinWidget = require("ui/widget/spinwidget");
import UIManager = require("ui/uimanager");
import { guarded } from "../guard";
import { _ } from "./gettext";

/** A number that the reader sets by two keys, plus and minus. */
export interface NumberSetting {
  readonly title: string;
  /** What the number means, and what 0 does. */
  readonly info: string;
  readonly help: string;
  readonly most: number;
  readonly step: number;
  readonly usual: number;
  /** What the menu says. */
  text(this: void, value: number): string;
  get(this: void): number;
  set(this: void, value: number): void;
}

/** A menu item that says a number and lets it be changed. */
export function spinItem(setting: NumberSetting): KOReader.MenuItem {
  return {
    text_func: () => setting.text(setting.get()),
    help_text: setting.help,
    keep_menu_open: true,
    callback: menu => {
      askForNumber(setting, () => {
        menu.updateItems();
      });
    },
  };
}

function askForNumber(setting: NumberSetting, changed: () => void): void {
  UIManager.show(
    SpinWidget.new({
      title_text: setting.title,
      info_text: setting.info,
      value: setting.get(),
      value_min: 0,
      value_max: setting.most,
      value_step: setting.step,
      default_value: setting.usual,
      ok_text: _("Set"),
      callback: guarded(({ value }: { readonly value: number }) => {
        setting.set(value);
        changed();
      }),
    }),
  );
}
