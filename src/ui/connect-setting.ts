import _ = require("gettext");
import { switchItem } from "./choices";
import type { Ports } from "./ports";

/** The only two things that switch Wi-Fi on without a tap: both are off until the reader wants them. */
export function connectItems(ports: Ports): KOReader.MenuItem[] {
  return [possible(ports, closeItem(ports)), { ...possible(ports, sleepItem(ports)), separator: true }];
}

/** Grey where the device cannot do it. */
function possible({ overview }: Ports, item: KOReader.MenuItem): KOReader.MenuItem {
  if (overview.canSwitchWifi()) return item;
  const help = _("KOReader cannot switch Wi-Fi on in the background on this device. Sync now asks for it.");
  return { ...item, help_text: help, enabled_func: () => false };
}

function closeItem({ overview, actions }: Ports): KOReader.MenuItem {
  return switchItem(
    _("After closing a book: connect and send"),
    _(
      "When you close a book while Wi-Fi is off and something waits, Wi-Fi is switched on, what waits is sent, and Wi-Fi is switched off again. You can read on meanwhile.\n\nIt looks for a network for half a minute and sends for a minute at most; what does not get through waits. Where there is no network, it is not tried again for half an hour.",
    ),
    () => overview.preferences().connectAtClose,
    connectAtClose => {
      actions.savePreferences({ connectAtClose });
    },
  );
}

function sleepItem({ overview, actions }: Ports): KOReader.MenuItem {
  return switchItem(
    _("Before sleep: connect and send"),
    _(
      "When the device goes to sleep while Wi-Fi is off and something waits, Wi-Fi is switched on behind the sleep screen, what waits is sent, and Wi-Fi is switched off again: within twelve seconds, because then the device sleeps. What does not get through waits.\n\nCosts some battery each time. Where there is no network, it is not tried again for half an hour.",
    ),
    () => overview.preferences().connectAtSleep,
    connectAtSleep => {
      actions.savePreferences({ connectAtSleep });
    },
  );
}
