import _ = require("gettext");
import ffiUtil = require("ffi/util");
import type { SdrStaged } from "../../ports/sdr-sync";
import { confirm } from "../say";
import type { SdrPorts } from "./ports";

const T = ffiUtil.template;

/** "3 new highlights", "3 changes": what waits for the book on screen. */
export function stagedWords({ incoming }: SdrStaged): string {
  const count = incoming.length;
  return incoming.every(({ kind }) => kind === "added")
    ? T(_.ngettext("1 new highlight", "%1 new highlights", count), count)
    : T(_.ngettext("1 change", "%1 changes", count), count);
}

/** Offers to open the book again with what came for it. False when there is nothing. */
export function offerStaged({ sdr, leave }: SdrPorts): boolean {
  const staged = sdr.staged();
  if (staged === undefined || staged.incoming.length === 0) return false;
  const text = T(
    _(
      "%1\n\n%2 for this book came from your other devices.\n\nShow them now? The book is loaded again, at the same page. Otherwise they appear when it is opened next.",
    ),
    staged.title,
    stagedWords(staged),
  );
  confirm(text, _("Show them now"), _("Later"), () => {
    leave?.();
    sdr.applyStaged();
  });
  return true;
}
