import ffiUtil = require("ffi/util");
import type { Connection } from "../core/connection";
import type { Failure, Reason } from "../core/failure";
import { _ } from "./gettext";
import { certificateText, NETWORK, SHORT_OF_NETWORK } from "./network-reasons";
import { longDate } from "./times";
import { diskWords } from "./words";
import type { EpochSeconds } from "../core/units";

const T = ffiUtil.template;

/** Why something waits, in a few words: "Home does not answer". */
export function shortReason(reason: Reason, connection: string): string {
  return T(SHORT[reason](), connection);
}

/** The same, with what is known besides the reason. */
export function shortFailure(failure: Failure, connection: string): string {
  const isFull = failure.reason === "disk" && (failure.at ?? failure.lacking) !== undefined;
  if (!isFull) return shortReason(failure.reason, connection);
  return failure.at === undefined ? _("no room on this device") : T(_("%1 is full"), connection);
}

// %1 is the name of the connection.
const SHORT: Readonly<Record<Reason, () => string>> = {
  ...SHORT_OF_NETWORK,
  auth: () => _("%1 does not accept the key"),
  forbidden: () => _("%1 does not allow it"),
  missing: () => _("%1 lacks the book"),
  unsupported: () => _("%1 is too old"),
  conflict: () => _("%1 has something newer"),
  garbled: () => _("%1 is no library server"),
  disk: () => _("it failed on this device"),
};

/** What a test found, and what to do about it. */
export function diagnosis(failure: Failure, { name, url: known }: Connection, now: EpochSeconds): string {
  const url = failure.at ?? known;
  if (failure.reason === "disk") return diskWords(failure, name);
  const more = failure.movedTo ?? failure.version ?? "";
  const lines = [T(textOf(failure.reason, failure), name, url, longDate(now), _("The key was not sent."), more)];
  const isHere = url.includes("//localhost") || url.includes("//127.");
  if (failure.reason === "refused" && isHere) {
    lines.push(_("This address means the device itself, not a server elsewhere."));
  }
  return lines.join("\n\n");
}

/** With %1 to %4 as below; %5 is where it leads to, or the server's version. */
function textOf(reason: Exclude<Reason, "disk">, failure: Failure): string {
  const { movedTo, version } = failure;
  if (movedTo !== undefined && reason === "garbled") {
    return _(
      "This address leads on to another one:\n%5\n\nThe key does not follow. If that is your server, enter its address here. If a service such as Cloudflare Access stands before it, see Extra headers.",
    );
  }
  if (version !== undefined) {
    return _("%1 answers, but its version %5 is too old for Ribbon.\n\nPlease update the server.");
  }
  return certificateText(reason, failure) ?? DIAGNOSES[reason]();
}

// %1 to %4 as in network-reasons.ts.
const DIAGNOSES: Readonly<Record<Exclude<Reason, "disk">, () => string>> = {
  offline: () => _("There is no network.\n\nSwitch Wi-Fi on, then test again."),
  ...NETWORK,
  portal: () => `${NETWORK.portal()} ${_("Then test again. What waits is safe.")}`,
  timeout: () =>
    _(
      "No answer in time from this address:\n%2\n\nIs the server on, and is this device in the same network? A firewall on the server may keep others out.",
    ),
  auth: () =>
    _(
      "%1 answers, but does not accept the key.\n\nKeys are shown once, when they are made. Make a new one on the server and enter it here.",
    ),
  forbidden: () =>
    _("%1 answers and knows the key, but does not allow this.\n\nMake a key that may sync reading on the server."),
  missing: () => _("%1 answers, but not as a library server.\n\nIs the path in the address right?\n%2"),
  unsupported: () =>
    _(
      "%1 answers, but does not know what Ribbon asks for.\n\nPlease update the server. Or does the address lead to another program?\n%2",
    ),
  conflict: () => _("%1 has something newer. Please test again."),
  rejected: () => _("%1 answers, but refused the question. Its log says why."),
  busy: () => _("%1 answers, but is busy. Please test again in a minute."),
  server: () =>
    _(
      "%1 answers, but has a problem of its own; its log says which.\n\nNothing is wrong with the address and the network.",
    ),
  garbled: () =>
    _(
      "What answers at this address is no library server, or something stands before it:\n%2\n\nIs the number after the colon (the port) right? In a hotel or a train it may be the sign-in page of the network there.",
    ),
  cancelled: () => _("The test was stopped before it was done. Please test again."),
};
