import ffiUtil = require("ffi/util");
import util = require("util");
import type { Failure, Reason } from "../core/failure";
import type { EpochSeconds, Fraction } from "../core/units";
import { _ } from "./gettext";

const T = ffiUtil.template;

/** Why something did not work and what to do about it, in the reader's words. %1 is the name of the connection. */
export function sentence(reason: Reason, connection: string): string {
  return T(WORDS[reason](), connection);
}

/** The same, with what is known besides the reason. */
export function sentenceOf(failure: Failure, connection: string): string {
  const { reason, certificate, movedTo } = failure;
  if (reason === "disk") return diskWords(failure, connection);
  if (certificate === "changed") return T(_("The certificate of %1 has changed. Nothing was sent."), connection);
  if (certificate === "date" && reason === "tls") {
    return T(_("The certificate of %1 is out of date, or the clock here is wrong. Nothing was sent."), connection);
  }
  if (movedTo !== undefined && reason === "garbled") {
    return T(_("The address of %1 leads on to %2, which gets no key. Is the address right?"), connection, movedTo);
  }
  return sentence(reason, connection);
}

/** What is wrong with a disk: whose it is, and whether room is the trouble. */
export function diskWords({ at, lacking, detail }: Omit<Failure, "reason">, connection: string): string {
  if (at !== undefined) return T(_("%1 has no room left. Please delete something there."), connection);
  if (lacking !== undefined) {
    const text = _("There is no room left on this device: %1 more have to be free. Please delete something.");
    return T(text, util.getFriendlySize(lacking));
  }
  const words = WORDS.disk();
  return detail === undefined ? words : T(_("%1\n\nThe system says: %2"), words, detail);
}

// Functions, because the language is known only after KOReader has started.
const WORDS: Readonly<Record<Reason, () => string>> = {
  offline: () => _("There is no network. What waits for %1 is safe and goes with the next connection."),
  portal: () => _("This Wi-Fi asks you to sign in first. What waits for %1 is safe and goes after that."),
  dns: () => _("The address of %1 was not found. Is it spelled right, and is the name known on this network?"),
  refused: () => _("%1 does not answer. Is the server running?"),
  timeout: () => _("%1 did not answer in time. Ribbon will try again later."),
  tls: () => _("The certificate of %1 cannot be trusted. Nothing was sent."),
  clock: () => _("The date of this device is wrong, so %1 cannot be checked. Please set the clock."),
  auth: () => _("%1 does not accept the key. Enter a new one under Servers."),
  forbidden: () => _("%1 does not allow this."),
  missing: () => _("%1 does not have this book."),
  unsupported: () => _("%1 is too old for this, or the address leads to something else."),
  conflict: () => _("%1 has something newer."),
  rejected: () => _("%1 refused what was sent."),
  busy: () => _("%1 is busy. Ribbon will try again later."),
  server: () => _("%1 has a problem of its own. Ribbon will try again later."),
  garbled: () => _("What answers at the address of %1 is not a library server. Is the address right?"),
  disk: () => _("Something failed on this device itself. Is its storage full, or write-protected?"),
  cancelled: () => _("Stopped before %1 was done."),
};

/** Also the unit is said: "62 %". */
export function percent(value: Fraction): string {
  return T(_("%1 %"), string.format("%d", Math.floor(value * 100 + 0.5)));
}

/** "2 sessions and 1 place". */
export function waitingWords(sessions: number, positions: number): string {
  const sitting = T(_.ngettext("1 session", "%1 sessions", sessions), sessions);
  const place = T(_.ngettext("1 place", "%1 places", positions), positions);
  if (sessions === 0) return place;
  return positions === 0 ? sitting : T(_("%1 and %2"), sitting, place);
}

/** "just now", "5 minutes ago", "3 hours ago", "2 days ago". */
function ago(elapsedSeconds: number): string {
  const minutes = Math.floor(elapsedSeconds / 60);
  if (minutes < 1) return _("just now");
  if (minutes < 60) return T(_.ngettext("1 minute ago", "%1 minutes ago", minutes), minutes);
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return T(_.ngettext("1 hour ago", "%1 hours ago", hours), hours);
  const days = Math.floor(hours / 24);
  return T(_.ngettext("1 day ago", "%1 days ago", days), days);
}

/** How long ago a moment was, by a clock that may be wrong: the future is "just now". */
export function agoOf(then: EpochSeconds, now: EpochSeconds): string {
  return ago(Math.max(0, now - then));
}

/** Who put a place on a server. Tome's own pages sign as "web", its history as "restore". */
export function deviceWords(device: string | undefined): string {
  if (device === undefined) return _("another device");
  if (device === "web") return _("the web reader");
  return device === "restore" ? _("the library's history") : device;
}
