import _ = require("gettext");
import InfoMessage = require("ui/widget/infomessage");
import UIManager = require("ui/uimanager");
import { guarded } from "../guard";

/**
 * Says what is being asked for as long as it takes. A tap stops the waiting: then the answer is not shown, and `stopped` is
 * told if it wants to know.
 */
export function asking<Answer>(
  text: string,
  ask: (done: (answer: Answer) => void) => void,
  then: (answer: Answer) => void,
  stopped?: () => void,
): void {
  let state: "waiting" | "answered" | "stopped" = "waiting";
  const message = InfoMessage.new({
    text: `${text}\n\n${_("Tap to stop.")}`,
    // KOReader calls it however the message is closed.
    dismiss_callback: guarded(() => {
      if (state !== "waiting") return;
      state = "stopped";
      stopped?.();
    }),
  });
  UIManager.show(message);
  ask(answer => {
    if (state !== "waiting") return;
    state = "answered";
    UIManager.close(message);
    then(answer);
  });
}
