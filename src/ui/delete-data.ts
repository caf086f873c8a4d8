import ffiUtil = require("ffi/util");
import UIManager = require("ui/uimanager");
import type { Unsent, Upkeep } from "../ports/upkeep";
import { _ } from "./gettext";
import { chooseOrLeave, confirm } from "./say";

const T = ffiUtil.template;

/** Asks twice, the second time with the buttons the other way round: two taps in a hurry delete nothing. */
export function askToDelete(upkeep: Upkeep): void {
  confirm(whatGoes(upkeep), _("Delete…"), _("Keep"), () => {
    askAgain(upkeep);
  });
}

function askAgain(upkeep: Upkeep): void {
  chooseOrLeave(
    _("This cannot be undone. Delete everything that Ribbon keeps on this device?"),
    {
      text: _("Delete everything"),
      action: () => {
        upkeep.deleteEverything();
        UIManager.askForRestart(_("Ribbon's data is deleted. Ribbon begins anew when KOReader starts again."));
      },
    },
    { text: _("Keep everything"), action: () => {} },
  );
}

function whatGoes(upkeep: Upkeep): string {
  const lines = [
    _("Delete Ribbon's data on this device?"),
    _(
      "What goes: servers and keys, settings, which book is which on your servers, the lists of your libraries, the log.",
    ),
    _("What stays: all books and highlights, also those that Ribbon brought here, and all that is on your servers."),
  ];
  const lost = whatIsLost(upkeep);
  // One below the other: with three servers a blank line between them would not leave room for the buttons.
  const list = [_("Lost for good would be:")].concat(lost.map(each => `• ${each}`)).join("\n");
  return lines.concat(lost.length === 0 ? [] : [list]).join("\n\n");
}

function whatIsLost(upkeep: Upkeep): string[] {
  const lost = upkeep.unsent().flatMap(each => unsentWords(each));
  const [changes, downloads] = [upkeep.unsentHighlights(), upkeep.downloads()];
  if (changes > 0)
    lost.push(_("changes in highlights that your cloud folder does not have yet (your books keep them)"));
  if (downloads > 0) {
    lost.push(T(_.ngettext("1 book on its way here", "%1 books on their way here", downloads), downloads));
  }
  return lost;
}

function unsentWords({ name, sessions, positions }: Unsent): string[] {
  const words: string[] = [];
  if (sessions > 0) {
    const text = _.ngettext("1 session that %2 does not have yet", "%1 sessions that %2 does not have yet", sessions);
    words.push(T(text, sessions, name));
  }
  if (positions > 0) {
    const text = _.ngettext("your place in 1 book, for %2", "your place in %1 books, for %2", positions);
    words.push(T(text, positions, name));
  }
  return words;
}
