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

export const toasts: Notices = {
  moved: (to, device) => {
    toast(T(_("Moved to %1, where %2 left off."), percent(to), device ?? _("another device")));
  },
  elsewhere: (at, device) => {
    toast(T(_("%2 is at %1 in this book."), percent(at), device ?? _("Another device")));
  },
  synced: (sent, left) => {
    if (left > 0) toast(T(_("Sent %1, %2 still wait."), sent, left));
    else toast(sent === 0 ? _("Everything is in step.") : T(_("Sent %1. Everything is in step."), sent));
  },
  failed: (connectionName, reason) => {
    toast(sentence(reason, connectionName));
  },
};
