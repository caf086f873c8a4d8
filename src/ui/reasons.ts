import _ = require("gettext");
import ffiUtil = require("ffi/util");
import type { Connection } from "../core/connection";
import type { Failure, Reason } from "../core/failure";
import { longDate } from "./times";
import type { EpochSeconds } from "../core/units";

const T = ffiUtil.template;

/** Why something waits, in a few words: "Home does not answer". */
export function shortReason(reason: Reason, connection: string): string {
  return T(SHORT[reason](), connection);
}

// %1 is the name of the connection. Functions, because the language is known only after KOReader has started.
const SHORT: Readonly<Record<Reason, () => string>> = {
  offline: () => _("no network"),
  dns: () => _("%1 was not found"),
  refused: () => _("%1 does not answer"),
  timeout: () => _("%1 does not answer"),
  tls: () => _("%1 cannot be trusted"),
  clock: () => _("the date here is wrong"),
  auth: () => _("%1 does not accept the key"),
  forbidden: () => _("%1 does not allow it"),
  missing: () => _("%1 lacks the book"),
  unsupported: () => _("%1 is too old"),
  conflict: () => _("%1 has something newer"),
  rejected: () => _("%1 refused it"),
  busy: () => _("%1 is busy"),
  server: () => _("%1 has a problem"),
  garbled: () => _("%1 is no library server"),
  disk: () => _("no room on this device"),
  cancelled: () => _("it was stopped"),
};

/** What a test found, and what to do about it. */
export function diagnosis({ reason, fingerprint }: Failure, { name, url }: Connection, now: EpochSeconds): string {
  const lines = [T(DIAGNOSES[reason](), name, url, longDate(now))];
  if (fingerprint !== undefined) lines.push(T(_("Its fingerprint: %1"), grouped(fingerprint)));
  const isHere = url.includes("//localhost") || url.includes("//127.");
  if (reason === "refused" && isHere) lines.push(_("This address means the device itself, not a server elsewhere."));
  return lines.join("\n\n");
}

/** Four digits at a time, which eyes can compare. */
function grouped(hex: string): string {
  const groups: string[] = [];
  for (const at of $range(0, hex.length - 1, 4)) groups.push(hex.slice(at, at + 4));
  return groups.join(" ");
}

// %1 is the name of the connection, %2 its address, %3 the date on this device.
const DIAGNOSES: Readonly<Record<Reason, () => string>> = {
  offline: () => _("There is no network.\n\nSwitch Wi-Fi on, then test again."),
  dns: () =>
    _(
      "The name in this address was not found:\n%2\n\nIs it spelled right? Not every network knows names like “server.local”: numbers (192.168.1.20) work everywhere.",
    ),
  refused: () =>
    _("Nothing answers at this address:\n%2\n\nIs the server running? Is the number after the colon (the port) right?"),
  timeout: () =>
    _(
      "No answer in time from this address:\n%2\n\nIs the server on, and is this device in the same network? A firewall on the server may keep others out.",
    ),
  tls: () =>
    _(
      "%1 answers, but its certificate cannot be trusted. The key was not sent.\n\nIs the name in the address the one that the certificate was made for? Has it expired?",
    ),
  clock: () =>
    _(
      "This device believes that it is %3, so no certificate can be checked. The key was not sent.\n\nPlease set the date and the time, then test again.",
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
      "A web page answers at this address, not a library server:\n%2\n\nIs the number after the colon (the port) right? In a hotel or a train it may be the sign-in page of the network there.",
    ),
  disk: () => _("There is no room left on this device."),
  cancelled: () => _("The test was stopped before it was done. Please test again."),
};
