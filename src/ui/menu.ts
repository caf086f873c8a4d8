import _ = require("gettext");
import ffiUtil = require("ffi/util");
import { guarded, guardedOr } from "../guard";
import type { Actions } from "../ports/actions";
import type { Overview } from "../ports/overview";
import { showAbout } from "./about";
import { editServer } from "./server-dialog";
import { showStatus, statusLine } from "./status";
import { testConnections } from "./test-connection";
import { showWaiting } from "./waiting";

const T = ffiUtil.template;

function waitingCount(overview: Overview): number {
  let count = 0;
  for (const { waiting } of overview.connections()) count += waiting.sessions + waiting.positions;
  return count;
}

/** KOReader runs these functions unguarded, also while it draws the menu. */
function guardItem(item: KOReader.MenuItem): KOReader.MenuItem {
  const { text_func, enabled_func, callback } = item;
  if (text_func !== undefined) item.text_func = guardedOr("Ribbon", text_func);
  if (enabled_func !== undefined) item.enabled_func = guardedOr(false, enabled_func);
  if (callback !== undefined) item.callback = guarded(callback);
  return item;
}

/** The menu under Tools › Ribbon. */
export function ribbonMenu(overview: Overview, actions: Actions): KOReader.MenuItem[] {
  const about: KOReader.MenuItem = { text: _("About"), keep_menu_open: true, callback: showAbout };
  const items = syncItems(overview, actions).concat(serverItems(overview, actions), [about]);
  return items.map(item => guardItem(item));
}

function hasServer(overview: Overview): boolean {
  return overview.connections().length > 0;
}

function syncItems(overview: Overview, actions: Actions): KOReader.MenuItem[] {
  return [
    {
      text_func: () => statusLine(overview),
      keep_menu_open: true,
      callback: () => {
        showStatus(overview);
      },
      separator: true,
    },
    {
      text: _("Sync now"),
      help_text: _("Looks where your other devices are and sends what waits. Asks for Wi-Fi when it is off."),
      enabled_func: () => hasServer(overview),
      callback: () => {
        actions.syncNow();
      },
    },
    {
      text_func: () => T(_("Waiting (%1)"), waitingCount(overview)),
      help_text: _("What was read and has not reached a server yet. It is safe on this device."),
      keep_menu_open: true,
      callback: () => {
        showWaiting(overview);
      },
      separator: true,
    },
  ];
}

function serverItems(overview: Overview, actions: Actions): KOReader.MenuItem[] {
  return [
    {
      text: _("Server…"),
      help_text: _("The address of your library server and the key that it gave you for this device."),
      keep_menu_open: true,
      callback: menu => {
        editServer(overview, actions, () => {
          menu.updateItems();
        });
      },
    },
    {
      text: _("Test connection"),
      help_text: _("Reaches the server and checks that it accepts the key of this device."),
      enabled_func: () => hasServer(overview),
      keep_menu_open: true,
      callback: menu => {
        testConnections(overview, actions, () => {
          menu.updateItems();
        });
      },
      separator: true,
    },
  ];
}
