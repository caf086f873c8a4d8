import ffiUtil = require("ffi/util");
import UIManager = require("ui/uimanager");
import { guarded } from "../../guard";
import type { SdrStaged } from "../../ports/sdr-sync";
import { _ } from "../gettext";
import { confirm, mention, say } from "../say";
import type { SdrPorts } from "./ports";

const T = ffiUtil.template;
const A_MOMENT = 0.1;
/** How long a toast stays, and a little. */
const TOAST = 3;

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
    // The question itself, and toasts, have to be gone: nothing is put under the reader's hands.
    soon(A_MOMENT, () => {
      sdr.applyStaged();
      if (!isLeft(sdr)) return mention(_("They are in the book."));
      soon(TOAST, () => {
        sdr.applyStaged();
        if (isLeft(sdr)) say(_("Something else is open over the book. They appear when it is opened next."));
      });
    });
  });
  return true;
}

const isLeft = (sdr: SdrPorts["sdr"]): boolean => (sdr.staged()?.incoming.length ?? 0) > 0;

function soon(seconds: number, action: () => void): void {
  UIManager.scheduleIn(seconds, guarded(action));
}
