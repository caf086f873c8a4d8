import Dispatcher = require("dispatcher");
import { _ } from "./gettext";

/** What a gesture, a key or a profile can do. KOReader sends the event `Ribbon` with it; app/perform.ts does it. */
export type Act =
  | "browse"
  | "search"
  | "sync_now"
  | "highlights"
  | "sync_highlights"
  | "status"
  | "waiting"
  | "inbox"
  | "downloads"
  | "connect"
  | "recording"
  | "servers"
  | "log"
  | "this_book"
  | "series_rest"
  | "record_book";

function offer(where: "general" | "reader", act: Act, title: string): void {
  Dispatcher.registerAction(`ribbon_${act}`, { category: "none", event: "Ribbon", arg: act, title, [where]: true });
}

// When KOReader loads us: Dispatcher keeps for good what it was told first, and nothing of this needs memory afterwards.
offer("general", "browse", _("Ribbon: browse library"));
offer("general", "search", _("Ribbon: search library"));
offer("general", "sync_now", _("Ribbon: sync now"));
offer("general", "highlights", _("Ribbon: highlights sync"));
offer("general", "sync_highlights", _("Ribbon: sync highlights now"));
offer("general", "status", _("Ribbon: where things stand"));
offer("general", "waiting", _("Ribbon: what waits"));
offer("general", "inbox", _("Ribbon: inbox"));
offer("general", "downloads", _("Ribbon: downloads"));
offer("general", "connect", _("Ribbon: connect with a code"));
offer("general", "recording", _("Ribbon: pause or go on with recording"));
offer("general", "servers", _("Ribbon: servers"));
offer("general", "log", _("Ribbon: log"));
offer("reader", "this_book", _("Ribbon: this book"));
offer("reader", "series_rest", _("Ribbon: rest of this series"));
offer("reader", "record_book", _("Ribbon: record this book, or stop"));
