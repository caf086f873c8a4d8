import { switchItem } from "./choices";
import { _ } from "./gettext";
import type { Ports } from "./ports";

/** What is done with the network when one stops reading. */
export function partingItem(ports: Ports): KOReader.MenuItem {
  return {
    text: _("When you stop reading"),
    help_text: _(
      "What is sent when you close a book or the device goes to sleep, and whether Wi-Fi is switched on for it.",
    ),
    sub_item_table: [lastCallItem(ports), possible(ports, closeItem(ports)), possible(ports, sleepItem(ports))],
  };
}

/** Never about switching Wi-Fi on: that do the other two, which are off until the reader wants them. */
function lastCallItem({ overview, actions }: Ports): KOReader.MenuItem {
  return switchItem(
    _("Before sleep: send what was just read"),
    _(
      "When the device goes to sleep while Wi-Fi is on, it waits up to two seconds so that what you just read is sent. Never switches Wi-Fi on. Off: it is sent after waking up.",
    ),
    () => overview.preferences().lastCall,
    lastCall => {
      actions.savePreferences({ lastCall });
    },
  );
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
