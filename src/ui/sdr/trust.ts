import ffiUtil = require("ffi/util");
import ConfirmBox = require("ui/widget/confirmbox");
import UIManager = require("ui/uimanager");
import { guarded } from "../../guard";
import { fingerprintLines, type Unproven } from "../certificate";
import { _ } from "../gettext";
import type { WebDavTarget } from "./targets";

const T = ffiUtil.template;

/** Whose certificate it is; %1 is the name, %2 the address, %3 the fingerprint, %4 the one that was trusted. */
function textOf({ certificate }: Unproven): string {
  if (certificate === "changed") {
    return _(
      "The certificate of %1 has changed. Nothing was sent, not even your password.\n\nTrusted so far:\n%4\n\nNow at %2:\n%3\n\nWas it renewed? Then compare the new fingerprint with the server's own. If not, somebody may stand between.",
    );
  }
  return certificate === "name"
    ? _(
        "The certificate of %1 is made for another name. Nothing was sent, not even your password.\n\nIts SHA-256 fingerprint at %2:\n%3\n\nTrust it only if the server itself says the same.",
      )
    : _(
        "No known authority vouches for the certificate of %1, as is usual for a server at home. Nothing was sent, not even your password.\n\nIts SHA-256 fingerprint at %2:\n%3\n\nTrust it only if the server itself says the same.",
      );
}

/** Shows the fingerprint and asks. Leaving it changes nothing. */
export function askForCloudTrust(failure: Unproven, target: WebDavTarget, trust: () => void, change: () => void): void {
  const { name, url } = target;
  const now = fingerprintLines(failure.fingerprint);
  UIManager.show(
    ConfirmBox.new({
      text: T(textOf(failure), name, failure.at ?? url, now, fingerprintLines(failure.pinned ?? "")),
      icon: "notice-warning",
      ok_text: _("Trust it"),
      ok_callback: guarded(trust),
      cancel_text: _("Leave it"),
      other_buttons: [[{ text: _("Change the address…"), callback: guarded(change) }]],
    }),
  );
}
