import ffiUtil = require("ffi/util");
import ButtonDialog = require("ui/widget/buttondialog");
import UIManager = require("ui/uimanager");
import { guarded } from "../../guard";
import type { SdrHeld } from "../../ports/sdr-sync";
import { _ } from "../gettext";
import { mention } from "../say";
import type { SdrPorts } from "./ports";
import { quoted, titleOf } from "./words";

const T = ffiUtil.template;
/** As many as fit on the smallest screen. */
const MOST_LINES = 5;

/** Much disappeared from a book here at once: asks about one book after another. Leaving it leaves it for later. */
export function askAboutHeld({ sdr }: SdrPorts, then: () => void): void {
  ask(sdr, sdr.held(), then);
}

function ask(sdr: SdrPorts["sdr"], questions: readonly SdrHeld[], then: () => void): void {
  const [held] = questions;
  if (held === undefined) return then();
  const button = (text: string, action: () => void): KOReader.Button => ({
    text,
    callback: guarded(() => {
      UIManager.close(dialog);
      action();
      ask(sdr, questions.slice(1), then);
    }),
  });
  const everywhere = () => {
    sdr.deleteHeld(held.book);
    mention(_("Deleted everywhere with the next sync. The trash keeps it."));
  };
  const back = () => {
    sdr.putHeldBack(held.book);
    mention(_("Put back with the next sync."));
  };
  const dialog: KOReader.Widget = ButtonDialog.new({
    title: questionWords(held),
    width_factor: 0.9,
    buttons: [
      [button(_("Put back"), back)],
      [button(_("Delete everywhere"), everywhere)],
      [{ ...button(_("Later"), () => {}), id: "close" }],
    ],
    tap_close_callback: guarded(() => {
      then();
    }),
  });
  UIManager.show(dialog);
}

function questionWords({ title, count, of, texts }: SdrHeld): string {
  const head = T(
    _.ngettext(
      "%1\n\n1 of %3 highlights disappeared on this device.",
      "%1\n\n%2 of %3 highlights disappeared on this device.",
      count,
    ),
    titleOf({ title }),
    count,
    of,
  );
  const lines = texts.slice(0, MOST_LINES).map(text => T(_("• %1"), quoted(text)));
  if (count > lines.length && lines.length > 0) lines.push(T(_("and %1 more"), count - lines.length));
  const why = _(
    "Did you delete them? It looks the same when a book's settings were reset or lost. Until you say so, your other devices keep them.",
  );
  return lines.length === 0 ? `${head}\n\n${why}` : `${head}\n${lines.join("\n")}\n\n${why}`;
}
