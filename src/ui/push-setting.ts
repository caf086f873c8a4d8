import _ = require("gettext");
import ffiUtil = require("ffi/util");
import SpinWidget = require("ui/widget/spinwidget");
import UIManager = require("ui/uimanager");
import { DEFAULT_PREFERENCES } from "../core/preferences";
import { guarded } from "../guard";
import type { Ports } from "./ports";

const T = ffiUtil.template;
const MOST_TURNS = 500;

/** After how many page turns the place is sent. */
export function pushItem(ports: Ports): KOReader.MenuItem {
  const turns = () => ports.overview.preferences().turnsPerPush;
  return {
    text_func: () =>
      turns() === 0
        ? _("Send the place: at the end only")
        : T(_.ngettext("Send the place: at every page", "Send the place: every %1 pages", turns()), turns()),
    help_text: _(
      "While Wi-Fi is on, your place is also sent while you read, after so many page turns. It is always sent when you close the book and when the device goes to sleep. Holds from the next sitting on.",
    ),
    keep_menu_open: true,
    callback: menu => {
      askForTurns(ports, () => {
        menu.updateItems();
      });
    },
  };
}

function askForTurns({ overview, actions }: Ports, changed: () => void): void {
  const save = guarded(({ value }: { readonly value: number }) => {
    actions.savePreferences({ turnsPerPush: value });
    changed();
  });
  UIManager.show(
    SpinWidget.new({
      title_text: _("Send the place"),
      info_text: _("After so many page turns. 0: only when the book is closed or the device sleeps."),
      value: overview.preferences().turnsPerPush,
      value_min: 0,
      value_max: MOST_TURNS,
      value_step: 5,
      default_value: DEFAULT_PREFERENCES.turnsPerPush,
      ok_text: _("Set"),
      callback: save,
    }),
  );
}
