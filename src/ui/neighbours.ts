import ffiUtil = require("ffi/util");
import type { TakenOver } from "../ports/neighbours";
import { asking } from "./asking";
import { _ } from "./gettext";
import type { Ports } from "./ports";
import { confirm, say } from "./say";

const T = ffiUtil.template;

/** While another plugin does what we do, the menu says so. */
export function neighbourItems(ports: Ports): KOReader.MenuItem[] {
  const items: KOReader.MenuItem[] = [];
  const { overview } = ports;
  if (overview.hasTomeSync()) {
    items.push({
      text: _("TomeSync is on too…"),
      help_text: _("Two plugins that send the same reading. Ribbon can take over what TomeSync keeps here."),
      keep_menu_open: true,
      callback: () => {
        offerTakeOver(ports);
      },
    });
  }
  if (overview.hasProgressSync()) {
    items.push({
      text: _("Progress sync is on too…"),
      help_text: _("KOReader's own sync moves the page too."),
      keep_menu_open: true,
      callback: warnOfProgressSync,
    });
  }
  return items;
}

export function warnOfProgressSync(): void {
  say(
    _(
      "KOReader's own progress sync is set to work by itself. Two plugins then move the page when you open a book, and the second one wins.\n\nTo leave it to Ribbon: open a book, then Tools › Progress sync › Automatically keep documents in sync, and take the tick away.",
    ),
  );
}

export function offerTakeOver(ports: Ports): void {
  const text = _(
    "TomeSync is switched on too. If both send to one library, what you read counts twice.\n\nRibbon can take over TomeSync's server, its key, its books and the sessions that still wait. Nothing of TomeSync's is changed.",
  );
  confirm(text, _("Take over"), _("Not now"), () => {
    asking<TakenOver>(
      _("Looking at TomeSync's books…"),
      done => ports.actions.takeOverTomeSync(done),
      taken => {
        tellTaken(ports, taken);
      },
    );
  });
}

function tellTaken({ actions }: Ports, taken: TakenOver): void {
  if (taken.server === undefined) {
    return say(
      _("TomeSync's server and key were not found on this device. Enter them under Set up Ribbon or Servers."),
    );
  }
  const off = _(
    "Switch TomeSync off now? KOReader starts anew for that; under Plugin management it can be switched on again.",
  );
  confirm(`${takenWords(taken.server, taken)}\n\n${off}`, _("Switch off"), _("Leave it on"), () => {
    actions.switchOffTomeSync();
  });
}

function takenWords(server: string, { books, sessions }: TakenOver): string {
  if (books + sessions === 0) return T(_("%1 is set up. There was nothing more to take over."), server);
  const bookWords = T(_.ngettext("1 book", "%1 books", books), books);
  const sessionWords = T(_.ngettext("1 session", "%1 sessions", sessions), sessions);
  return T(_("Taken over for %1: %2 and %3."), server, bookWords, sessionWords);
}
