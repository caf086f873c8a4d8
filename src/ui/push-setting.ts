import ffiUtil = require("ffi/util");
import { DEFAULT_PREFERENCES } from "../core/preferences";
import { _ } from "./gettext";
import type { Ports } from "./ports";
import { spinItem } from "./spin-item";

const T = ffiUtil.template;
const MOST_TURNS = 500;
const MOST_MINUTES = 120;

/** When the place is sent while one reads: by pages, by time, or by both. */
export function pushItems(ports: Ports): KOReader.MenuItem[] {
  return [turnsItem(ports), minutesItem(ports)];
}

/** After how many page turns the place is sent. */
function turnsItem({ overview, actions }: Ports): KOReader.MenuItem {
  return spinItem({
    title: _("Send the place"),
    info: _("After so many page turns. 0: only when the book is closed or the device sleeps."),
    help: _(
      "While Wi-Fi is on, your place is also sent while you read, after so many page turns. It is always sent when you close the book and when the device goes to sleep. Holds from the next sitting on.",
    ),
    most: MOST_TURNS,
    step: 5,
    usual: DEFAULT_PREFERENCES.turnsPerPush,
    text: turns =>
      turns === 0
        ? _("Send the place: at the end only")
        : T(_.ngettext("Send the place: at every page", "Send the place: every %1 pages", turns), turns),
    get: () => overview.preferences().turnsPerPush,
    set: turnsPerPush => {
      actions.savePreferences({ turnsPerPush });
    },
  });
}

/** After how many minutes, for books with long pages and readers who take their time. */
function minutesItem({ overview, actions }: Ports): KOReader.MenuItem {
  return spinItem({
    title: _("Send the place by time"),
    info: _("With the first page turn after so many minutes. 0: not by time."),
    help: _(
      "While Wi-Fi is on, your place is also sent with the first page turn after so many minutes, whatever the number of pages. Sending every few minutes keeps Wi-Fi awake and costs battery. Holds from the next sitting on.",
    ),
    most: MOST_MINUTES,
    step: 1,
    usual: DEFAULT_PREFERENCES.minutesPerPush,
    text: minutes =>
      minutes === 0
        ? _("Send the place by time: no")
        : T(_.ngettext("Send the place also every minute", "Send the place also every %1 minutes", minutes), minutes),
    get: () => overview.preferences().minutesPerPush,
    set: minutesPerPush => {
      actions.savePreferences({ minutesPerPush });
    },
  });
}
