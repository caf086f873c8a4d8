import ffiUtil = require("ffi/util");
import { part } from "../parts";
import { _ } from "./gettext";
import type { Ports } from "./ports";

const T = ffiUtil.template;

/** What is on its way, while anything is; and what was sent to the reader's devices. */
export function downloadMenuItems(ports: Ports): KOReader.MenuItem[] {
  return ports.overview.downloads() === 0 ? [inboxItem(ports)] : [queueItem(ports), inboxItem(ports)];
}

function queueItem(ports: Ports): KOReader.MenuItem {
  return {
    text_func: () => T(_("Downloads (%1)"), ports.overview.downloads()),
    help_text: _("Books on their way to this device, and those that failed or have a question."),
    callback: () => {
      part("ui/downloads").showDownloads(ports.library());
    },
  };
}

function inboxItem(ports: Ports): KOReader.MenuItem {
  return {
    text_func: () => {
      const count = ports.overview.sentBooks();
      return count === 0 ? _("Inbox…") : T(_("Inbox (%1)"), count);
    },
    help_text: _(
      "Books that were sent to you: on the pages of your library server, “Send to KOReader” puts them here. Asks for Wi-Fi when it is off.",
    ),
    callback: () => {
      part("ui/downloads").showInbox(ports.library());
    },
  };
}
