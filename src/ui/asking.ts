import ConfirmBox = require("ui/widget/confirmbox");
import UIManager = require("ui/uimanager");
import { guarded } from "../guard";
import type { Cancel } from "../ports/scheduler";
import { _ } from "./gettext";

/**
 * Says what is being asked for as long as it takes. Its one button, the Back key and a tap beside it cancel: then the worker
 * is ended and nothing more is said.
 */
export function asking<Answer>(
  text: string,
  ask: (done: (answer: Answer) => void) => Cancel,
  then: (answer: Answer) => void,
): void {
  let isOver = false;
  let cancel: Cancel | undefined;
  const box = ConfirmBox.new({
    text,
    icon: "notice-info",
    no_ok_button: true,
    cancel_text: _("Cancel"),
    cancel_callback: guarded(() => {
      isOver = true;
      cancel?.();
    }),
  });
  UIManager.show(box);
  cancel = ask(answer => {
    if (isOver) return;
    isOver = true;
    UIManager.close(box);
    then(answer);
  });
}
