import ButtonDialog = require("ui/widget/buttondialog");
import UIManager = require("ui/uimanager");
import type { Failure } from "../../core/failure";
import type { Result } from "../../core/result";
import { guarded } from "../../guard";
import type { Cancel } from "../../ports/scheduler";
import type { Offer, Updates } from "../../ports/updates";
import { _ } from "../gettext";
import { mention } from "../say";
import { progressWords } from "./words";

/** Fetches an offer and says how far it is. Its button, the Back key and a tap beside it cancel: then nothing is changed. */
export function fetching(updates: Updates, offer: Offer, then: (result: Result<true, Failure>) => void): void {
  let cancel: Cancel | undefined;
  let isOver = false;
  const stop = guarded(() => {
    if (isOver) return;
    isOver = true;
    UIManager.close(dialog);
    cancel?.();
    mention(_("Cancelled. Nothing was changed."));
  });
  const dialog: KOReader.ButtonDialog = ButtonDialog.new({
    title: progressWords(offer, 0),
    title_align: "center",
    width_factor: 0.8,
    buttons: [[{ text: _("Cancel"), id: "close", callback: stop }]],
    tap_close_callback: stop,
  });
  UIManager.show(dialog);
  let told = "";
  cancel = updates.install({
    arrived: bytes => {
      const words = progressWords(offer, bytes);
      if (isOver || words === told) return;
      told = words;
      dialog.setTitle(words);
    },
    done: result => {
      if (isOver) return;
      isOver = true;
      UIManager.close(dialog);
      then(result);
    },
  });
}
