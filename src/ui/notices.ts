import _ = require("gettext");
import ffiUtil = require("ffi/util");
import Notification = require("ui/widget/notification");
import type { Notices } from "../ports/notices";
import { percent, sentence } from "./words";

const T = ffiUtil.template;

/** A toast: it passes by itself and lets every tap through. */
function toast(text: string): void {
  Notification.notify(text, Notification.SOURCE_ALWAYS_SHOW);
}

/** Who put a place on a server. Tome's own pages sign as "web", its history as "restore". */
function placeOf(device: string | undefined): string {
  if (device === undefined) return _("another device");
  if (device === "web") return _("the web reader");
  return device === "restore" ? _("the library's history") : device;
}

export const toasts: Notices = {
  moved: (to, device) => {
    toast(T(_("Moved to %1, where you left off on %2."), percent(to), placeOf(device)));
  },
  elsewhere: (at, device) => {
    toast(T(_("In this book you are at %1 on %2."), percent(at), placeOf(device)));
  },
  synced: (sent, left) => {
    if (left > 0) toast(T(_("Sent %1, %2 still wait."), sent, left));
    else toast(sent === 0 ? _("Everything is in step.") : T(_("Sent %1. Everything is in step."), sent));
  },
  failed: (connectionName, reason) => {
    toast(sentence(reason, connectionName));
  },
};
