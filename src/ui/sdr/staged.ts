import ffiUtil = require("ffi/util");
import UIManager = require("ui/uimanager");
import { guarded } from "../../guard";
import type { SdrStaged } from "../../ports/sdr-sync";
import { _ } from "../gettext";
import { confirm, mention, say } from "../say";
import type { SdrPorts } from "./ports";

const T = ffiUtil.template;
const A_MOMENT = 0.1;
/** How long a toast stays, and a little; another question over the book may take its reader a while. */
const PAUSE = 3;
const MOST_TRIES = 20;

/** "3 new highlights", "3 changes": what waits for the book on screen. */
export function stagedWords({ incoming }: SdrStaged): string {
  const count = incoming.length;
  return incoming.every(({ kind }) => kind === "added")
    ? T(_.ngettext("1 new highlight", "%1 new highlights", count), count)
    : T(_.ngettext("1 change", "%1 changes", count), count);
}

/** Offers to put what came into the book on screen. False when there is nothing. */
export function offerStaged({ sdr, leave }: SdrPorts): boolean {
  const staged = sdr.staged();
  if (staged === undefined || staged.incoming.length === 0) return false;
  const text = T(
    _(
      "%1\n\n%2 for this book came from your other devices.\n\nShow them now? Otherwise they appear when it is opened next.",
    ),
    staged.title,
    stagedWords(staged),
  );
  confirm(text, _("Show them now"), _("Later"), () => {
    leave?.();
    putIn(sdr, A_MOMENT, MOST_TRIES);
  });
  return true;
}

/** The question itself, toasts and whatever else lies over the book have to be gone: nothing is put under the reader's hands. */
function putIn(sdr: SdrPorts["sdr"], pause: number, tries: number): void {
  soon(pause, () => {
    sdr.applyStaged();
    if (!isLeft(sdr)) return mention(_("They are in the book."));
    if (tries > 1) return putIn(sdr, PAUSE, tries - 1);
    say(_("Something else is open over the book. They appear when it is opened next."));
  });
}

const isLeft = (sdr: SdrPorts["sdr"]): boolean => (sdr.staged()?.incoming.length ?? 0) > 0;

function soon(seconds: number, action: () => void): void {
  UIManager.scheduleIn(seconds, guarded(action));
}
