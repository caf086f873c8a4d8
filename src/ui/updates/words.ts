import ffiUtil = require("ffi/util");
import util = require("util");
import type { FailedAt, VersionsHere } from "../../core/active-version";
import type { Failure } from "../../core/failure";
import type { Looked, Offer } from "../../ports/updates";
import { _ } from "../gettext";
import { shortReason } from "../reasons";
import { say } from "../say";
import { diskWords, sentenceOf } from "../words";

const T = ffiUtil.template;

// Functions, because the language is known only after KOReader has started. %1 is the version.
const GIVEN_UP: Readonly<Record<FailedAt, () => string>> = {
  mark: () => _("Ribbon %1 was not started: the storage of this device is full or write-protected."),
  load: () => _("Ribbon %1 does not start on this device."),
  start: () => _("KOReader ended in an unusual way while Ribbon %1 ran for the first time."),
  mistake: () => _("Ribbon %1 made a mistake when it ran for the first time. KOReader's log says which."),
};

const givenUpWords = (version: string, why: FailedAt): string => T(GIVEN_UP[why](), version);

/** Says once that a version was given up, and that nothing is lost. */
export function sayGivenUp(version: string, why: FailedAt, running: string): void {
  const text = _(
    "%1\n\nThe version before, %2, runs again. What you read is safe.\n\nSee Tools › Ribbon › More › Updates.",
  );
  say(T(text, givenUpWords(version, why), running));
}

/** Where things stand: what the head of the screen says. */
export function stateWords({ running, isOnTrial, next, failed }: VersionsHere, offer: Offer | undefined): string {
  const lines = [T(_("Ribbon %1 is installed."), running)];
  if (isOnTrial)
    lines.push(_("It runs for the first time: if it fails within half a minute, the version before comes back."));
  if (next !== undefined) lines.push(T(_("%1 takes over when KOReader starts again."), next));
  if (failed !== undefined) lines.push(T(_("%1 did not work here and was put aside."), failed.version));
  if (offer !== undefined) lines.push(offerWords(offer));
  return lines.join("\n\n");
}

function offerWords({ version, bytes, from, needsHand }: Offer): string {
  if (needsHand) {
    const text = _(
      "%1 is there, but this device cannot install it by itself: please install it once by hand, as the first time.",
    );
    return T(text, version);
  }
  return T(_("%1 is there (%2, from %3)."), version, util.getFriendlySize(bytes), from);
}

/** What came of looking, where it is nothing to install. */
export function nothingWords({ newest, failures, asked }: Looked, running: string): string {
  if (asked === 0) {
    return _("There is nowhere to look: no server is set up, and no release address.");
  }
  const lines = failures.map(({ name, failure }) => failedToLook(name, failure));
  if (newest !== undefined) lines.unshift(T(_("There is nothing newer than Ribbon %1."), running));
  else if (lines.length === 0) lines.push(_("None of your servers hands Ribbon out. Shelf does; a Tome does not."));
  return lines.join("\n\n");
}

function failedToLook(name: string, failure: Failure): string {
  if (failure.reason === "garbled" || failure.reason === "missing") {
    return T(_("What answers at %1 offers no Ribbon. Is the address right?"), name);
  }
  return T(_("%1 could not be asked: %2."), name, shortReason(failure.reason, name));
}

/** Why an update could not be installed, and what to do. */
export function failedWords(failure: Failure, from: string): string {
  return T(_("%1\n\nNothing was changed: Ribbon runs as before."), reasonWords(failure, from));
}

function reasonWords(failure: Failure, from: string): string {
  if (failure.reason === "garbled") {
    return _("What came is not what was announced: it was damaged or changed on its way. Please try again later.");
  }
  if (failure.reason === "missing") return T(_("%1 does not offer this version any more. Please look again."), from);
  if (failure.reason === "disk") return diskWords(failure, from);
  return sentenceOf(failure, from);
}

/** "Fetching Ribbon 0.2.0… 41 % of 612 KB" */
export function progressWords({ version, bytes: total }: Offer, bytes: number): string {
  const part = Math.floor((bytes / Math.max(1, total)) * 100);
  return T(_("Fetching Ribbon %1…\n\n%2 % of %3"), version, string.format("%d", part), util.getFriendlySize(total));
}
