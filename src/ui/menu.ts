import ffiUtil = require("ffi/util");
import { showAbout } from "./about";
import { part } from "../parts";
import { downloadMenuItems } from "./download-items";
import { _ } from "./gettext";
import { guardedItems } from "./guarded-items";
import { showLog } from "./log";
import { logLevelItem } from "./log-level";
import { neighbourItems } from "./neighbours";
import type { Ports } from "./ports";
import { recordingItem } from "./recording";
import { showServers } from "./servers";
import { settingsItems } from "./settings";
import { connectItem, setUpItem } from "./set-up";
import { countOf, showStatus, statusLine } from "./status";
import { showThisBook } from "./this-book";
import { showWaiting } from "./waiting";

export { offerTakeOver, warnOfProgressSync } from "./neighbours";
export { show } from "./show";

const T = ffiUtil.template;

/** The menu under Tools › Ribbon. KOReader asks for it each time it is opened. */
export function ribbonMenu(ports: Ports): KOReader.MenuItem[] {
  if (ports.overview.connections().length === 0) {
    return guardedItems([setUpItem(ports), connectItem(ports), highlightsItem(ports)].concat(neighbourItems(ports)));
  }
  const book = ports.overview.thisBook() === undefined ? [] : [thisBookItem(ports)];
  return guardedItems(
    [browseItem(ports), statusItem(ports), syncItem(ports), waitingItem(ports)].concat(
      downloadMenuItems(ports),
      [highlightsItem(ports)],
      book,
      // Paused, it is said in the first place.
      ports.overview.isRecording() ? [] : [recordingItem(ports)],
      neighbourItems(ports),
      rareItems(ports),
    ),
  );
}

function browseItem(ports: Ports): KOReader.MenuItem {
  return {
    text: _("Browse library…"),
    help_text: _("The books of your server: look through them, search, and download them to this device."),
    callback: () => {
      part("ui/library").browseLibrary(ports.library());
    },
  };
}

function statusItem(ports: Ports): KOReader.MenuItem {
  return {
    text_func: () => statusLine(ports),
    help_text: _("Where things stand. A tap tells the whole story of every server."),
    keep_menu_open: true,
    callback: () => {
      showStatus(ports);
    },
    separator: true,
  };
}

function syncItem({ actions }: Ports): KOReader.MenuItem {
  return {
    text: _("Sync now"),
    help_text: _("Looks where your other devices are, then sends what waits. Asks for Wi-Fi when it is off."),
    callback: () => {
      actions.syncNow();
    },
  };
}

function waitingItem(ports: Ports): KOReader.MenuItem {
  const count = () => ports.overview.connections().reduce((sum, state) => sum + countOf(state), 0);
  return {
    text_func: () => T(_("Waiting (%1)"), count()),
    help_text: _("What you read and no server has yet, and why. It is safe on this device."),
    keep_menu_open: true,
    callback: menu => {
      showWaiting(ports, () => {
        menu.updateItems();
      });
    },
  };
}

/** Needs no library server. */
function highlightsItem(ports: Ports): KOReader.MenuItem {
  return {
    text: _("Highlights sync…"),
    help_text: _(
      "Highlights, notes, bookmarks, ratings and reading status, the same on all your devices: through a folder in your own cloud, or one that Syncthing carries.",
    ),
    callback: () => {
      part("ui/sdr").showHighlights({ overview: ports.overview, sdr: ports.sdr() });
    },
  };
}

function thisBookItem(ports: Ports): KOReader.MenuItem {
  return {
    text: _("This book…"),
    help_text: _("Which book of the server this one is, your place in it, and whether it is recorded."),
    keep_menu_open: true,
    callback: () => {
      showThisBook(ports);
    },
  };
}

function rareItems(ports: Ports): KOReader.MenuItem[] {
  return [
    {
      text: _("Servers…"),
      help_text: _("Your library servers: addresses, keys, and a test that says what is wrong."),
      keep_menu_open: true,
      callback: menu => {
        showServers(ports, () => {
          // Without a server this menu is another one: KOReader asks for it when it is opened again.
          if (ports.overview.connections().length === 0) menu.closeMenu();
          else menu.updateItems();
        });
      },
    },
    {
      text: _("Settings"),
      help_text: _("When a book jumps, how often the place is sent, which messages appear, what may use Wi-Fi."),
      sub_item_table: settingsItems(ports),
    },
    {
      text: _("More"),
      help_text: _("Pause recording, the log, updates, help when something is wrong, and what Ribbon is."),
      sub_item_table: moreItems(ports),
    },
  ];
}

/** What nobody needs twice a month: a small screen shows ten lines of the menu at once. */
function moreItems(ports: Ports): KOReader.MenuItem[] {
  const recording = ports.overview.isRecording() ? [recordingItem(ports)] : [];
  return recording.concat([
    {
      text: _("Log…"),
      help_text: _("The last 200 times that something was sent or should have been."),
      keep_menu_open: true,
      callback: () => {
        showLog(ports);
      },
    },
    logLevelItem(ports),
    {
      text: _("Diagnostics…"),
      help_text: _(
        "Versions, connections, what waits and why, the last errors: all that helps to find out what is wrong, without anything of yours. It can be written into a file to be posted.",
      ),
      keep_menu_open: true,
      callback: () => {
        part("ui/upkeep").showDiagnostics(ports.upkeep());
      },
    },
    {
      text: _("Delete Ribbon's data…"),
      help_text: _("For a fresh start, or before Ribbon is removed. Tells what goes and what stays, and asks twice."),
      keep_menu_open: true,
      callback: () => {
        part("ui/upkeep").askToDelete(ports.upkeep());
      },
    },
    {
      text: _("Updates…"),
      help_text: _("Looks for a newer Ribbon, installs it, and goes back to the one before."),
      keep_menu_open: true,
      callback: () => {
        part("ui/updates").showUpdates(ports.updates());
      },
    },
    {
      text: _("About Ribbon"),
      help_text: _("The version, and what Ribbon does."),
      keep_menu_open: true,
      callback: showAbout,
    },
  ]);
}
