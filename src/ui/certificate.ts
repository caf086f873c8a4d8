import ffiUtil = require("ffi/util");
import ConfirmBox = require("ui/widget/confirmbox");
import UIManager = require("ui/uimanager");
import type { Connection } from "../core/connection";
import type { Failure } from "../core/failure";
import { guarded } from "../guard";
import { _ } from "./gettext";

const T = ffiUtil.template;
const PAIRS_PER_LINE = 8;

/** A failure that a reader can end by comparing a fingerprint. */
export interface Unproven extends Failure {
  readonly fingerprint: string;
}

export function isUnproven(failure: Failure): failure is Unproven {
  return failure.reason === "tls" && failure.fingerprint !== undefined;
}

/** Pairs of digits in capitals, as openssl and browsers write a fingerprint, in lines of equal length. */
export function fingerprintLines(hex: string): string {
  const lines: string[] = [];
  for (const start of $range(0, hex.length - 1, 2 * PAIRS_PER_LINE)) {
    const line = hex.slice(start, start + 2 * PAIRS_PER_LINE).toUpperCase();
    const pairs: string[] = [];
    for (const at of $range(0, line.length - 1, 2)) pairs.push(line.slice(at, at + 2));
    lines.push(pairs.join(":"));
  }
  return lines.join("\n");
}

/** What is wrong, and the fingerprint that says whose certificate it is. %1 is the name, %2 the address. */
function textOf({ certificate, fingerprint, pinned = "" }: Unproven): string {
  const now = fingerprintLines(fingerprint);
  if (certificate === "changed") {
    const text = _(
      "The certificate of %1 has changed. Nothing was sent, not even the key.\n\nTrusted so far:\n%3\n\nNow at %2:\n%4\n\nDid you renew it? Then compare the new fingerprint with the server's own. If not, somebody may stand between.",
    );
    return T(text, "%1", "%2", fingerprintLines(pinned), now);
  }
  const why =
    certificate === "name"
      ? _("The certificate of %1 is made for another name.")
      : _("No known authority vouches for the certificate of %1, as is usual for a server at home.");
  const text = _(
    "%3 Nothing was sent, not even the key.\n\nIts SHA-256 fingerprint at %2:\n%4\n\nCompare it with what the server itself says. Trust it only if all of it is the same.",
  );
  return T(text, "%1", "%2", why, now);
}

/** Shows whose certificate it is and asks. Leaving it changes nothing: the connection stays as it is, and nothing is sent. */
export function askForTrust(failure: Unproven, connection: Connection, trust: () => void, change: () => void): void {
  const { name, url } = connection;
  UIManager.show(
    ConfirmBox.new({
      text: T(textOf(failure), name, failure.at ?? url),
      icon: "notice-warning",
      ok_text: _("Trust it"),
      ok_callback: guarded(trust),
      cancel_text: _("Leave it"),
      other_buttons: [[{ text: _("Change the address…"), callback: guarded(change) }]],
    }),
  );
}
