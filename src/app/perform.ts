import { part } from "../parts";
import type { Act } from "../ui/gestures";
import type { Screens } from "./start";

/** Does what a gesture, a key or a profile asked for. */
export function perform(act: Act, screens: Screens): void {
  switch (act) {
    case "sync_now":
      screens.actions.syncNow();
      return;
    case "browse":
      part("ui/library").browseLibrary(screens.library());
      return;
    case "search":
      part("ui/library").searchLibrary(screens.library());
      return;
    case "series_rest":
      part("ui/library").restOfThisSeries(screens.library());
      return;
    case "inbox":
      part("ui/downloads").showInbox(screens.library());
      return;
    case "downloads":
      part("ui/downloads").showDownloads(screens.library());
      return;
    case "highlights":
      part("ui/sdr").showHighlights({ overview: screens.overview, sdr: screens.sdr() });
      return;
    case "sync_highlights":
      part("ui/sdr").syncHighlights({ overview: screens.overview, sdr: screens.sdr() });
      return;
    case "status":
    case "waiting":
    case "connect":
    case "recording":
    case "servers":
    case "log":
    case "this_book":
    case "record_book":
      part("ui/menu").show(act, screens);
  }
}
