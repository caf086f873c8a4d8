import ffiUtil = require("ffi/util");
import ConfirmBox = require("ui/widget/confirmbox");
import UIManager = require("ui/uimanager");
import { epochOf } from "../core/timestamp";
import { guarded } from "../guard";
import type { JumpQuestion, Prompts } from "../ports/prompts";
import { _ } from "./gettext";
import { agoOf, deviceWords, percent } from "./words";

const T = ffiUtil.template;

function question({ title, here, there, now }: JumpQuestion): string {
  const at = epochOf(there.stamp);
  const place =
    at === undefined
      ? T(_("On %1 you are at %2."), deviceWords(there.device), percent(there.fraction))
      : T(_("On %1 you were at %2, %3."), deviceWords(there.device), percent(there.fraction), agoOf(at, now));
  return `${title}\n\n${place}\n${T(_("Here you are at %1."), percent(here))}\n\n${_("Go there? Back returns to this page.")}`;
}

export const dialogs: Prompts = {
  jump: (asked, accept) => {
    UIManager.show(
      ConfirmBox.new({
        text: question(asked),
        ok_text: _("Go there"),
        cancel_text: _("Stay here"),
        ok_callback: guarded(accept),
      }),
    );
  },
};
