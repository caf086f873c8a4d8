import ffiUtil = require("ffi/util");
import util = require("util");
import type { Failure, Reason } from "../../core/failure";
import type { SdrTarget } from "../../core/sdr-settings";
import type { EpochSeconds } from "../../core/units";
import { _ } from "../gettext";
import { certificateText, NETWORK, SHORT_OF_NETWORK } from "../network-reasons";
import { longDate } from "../times";

const T = ffiUtil.template;

/** What a reader calls the place: the name of the account, or of the folder. */
export function placeName(target: SdrTarget | undefined): string {
  if (target === undefined) return _("your cloud folder");
  if (target.kind === "webdav") return target.name;
  const parts = target.path.split("/").filter(part => part !== "");
  return parts[parts.length - 1] ?? target.path;
}

/** Where the files lie: the address and the folder below it. */
export function placeAddress(target: SdrTarget): string {
  return target.kind === "folder" ? target.path : `${target.url}/${target.folder}`;
}

/** Why a sync did not work, in a few words. */
export function shortFailure({ reason, at, lacking, isOurs }: Failure, target: SdrTarget | undefined): string {
  const name = placeName(target);
  if (reason === "disk" && at !== undefined) return T(_("%1 is full"), name);
  if (reason === "disk" && lacking !== undefined) return _("no room on this device");
  if (reason === "disk" && isOurs !== true && target?.kind === "folder") return T(_("%1 cannot be written to"), name);
  return T(SHORT[reason](), name);
}

// %1 is the name of the place.
const SHORT: Readonly<Record<Reason, () => string>> = {
  ...SHORT_OF_NETWORK,
  auth: () => _("%1 does not accept the password"),
  forbidden: () => _("nothing may be written to %1"),
  missing: () => _("the folder on %1 is not there"),
  unsupported: () => _("%1 cannot be used"),
  conflict: () => _("%1 is busy"),
  garbled: () => _("somebody else answers for %1"),
  disk: () => _("this device could not be written to"),
};

/** What went wrong with the reader's folder, and what to do about it. */
export function failureWords(failure: Failure, target: SdrTarget | undefined, now: EpochSeconds): string {
  const at = failure.at ?? (target === undefined ? "" : placeAddress(target));
  const text = target?.kind === "folder" ? localText(failure) : cloudText(failure);
  const unsent = _("Your password was not sent.");
  return T(text, placeName(target), at, longDate(now), unsent, failure.movedTo ?? "");
}

/** With %1 to %4 as below, %5 is where the address leads on to. */
function cloudText(failure: Failure): string {
  const { reason, movedTo, inTheOpen, at, lacking } = failure;
  if (movedTo !== undefined && reason === "garbled") {
    return _(
      "This address leads on to another one:\n%5\n\nYour password does not follow. If that is your cloud, enter its address.",
    );
  }
  if (inTheOpen === true) return OPEN_ROAD();
  if (reason === "disk" && at !== undefined) {
    return _(
      "%1 has no room left for more files.\n\nDelete something there, or get more room. Your highlights are safe on this device until then.",
    );
  }
  return reason === "disk" ? deviceFull(lacking) : (certificateText(reason, failure) ?? CLOUD[reason]());
}

const OPEN_ROAD = (): string =>
  _(
    "This address is on the internet, and without encryption:\n%2\n\nWhoever stands between can read your password and your highlights. With https:// nobody can.",
  );

function deviceFull(lacking: number | undefined): string {
  if (lacking === undefined) {
    return _("Something could not be written to this device. Is its card full, or damaged? Nothing was lost.");
  }
  const text = _("There is no room left on this device: %1 more have to be free. Nothing was lost.");
  return `${T(text, util.getFriendlySize(lacking))}\n\n${_("Delete a few books or files, then sync again.")}`;
}

// %1 to %4 as in network-reasons.ts.
const CLOUD: Readonly<Record<Exclude<Reason, "disk">, () => string>> = {
  offline: () => _("There is no network.\n\nYour highlights are safe here. They are synced with the next connection."),
  ...NETWORK,
  timeout: () => _("No answer in time from this address:\n%2\n\nIs the server on, and can it be reached from here?"),
  auth: () =>
    _(
      "%1 does not accept the user name or the password.\n\nMany clouds want a password of its own for an app: make one on their web pages and enter it here.",
    ),
  forbidden: () =>
    _(
      "%1 does not let anything be written to this folder:\n%2\n\nIs it shared with you for reading only? Choose another folder, or ask whoever shares it.",
    ),
  missing: () =>
    _(
      "There is no such folder:\n%2\n\nWas it renamed or deleted, or is the path in the address wrong? Nothing was changed here.",
    ),
  unsupported: () =>
    _(
      "What answers at this address does not speak WebDAV, or signs people in by a way that Ribbon does not know:\n%2\n\nYour cloud's help pages name its WebDAV address; Nextcloud's ends in /remote.php/dav/files/ and your name.",
    ),
  conflict: () => _("%1 is doing something else with this folder. Please try again in a minute."),
  rejected: () =>
    _("%1 refused a file, or there are too many other things in the folder:\n%2\n\nA folder of its own is best."),
  busy: () => _("%1 is busy. Ribbon tries again later."),
  server: () => _("%1 has a problem of its own. Ribbon tries again later. Nothing is wrong on this device."),
  garbled: () =>
    _(
      "What answers at this address is no cloud folder, or something stands before it:\n%2\n\nIs the address right? In a hotel or a train it may be the sign-in page of the network there.",
    ),
  cancelled: () => _("It was stopped before it was done. What was done stays done."),
};

function localText({ reason, lacking, isOurs }: Failure): string {
  if (reason === "disk") return lacking === undefined && isOurs !== true ? LOCAL_DISK() : deviceFull(lacking);
  return (LOCAL[reason] ?? CLOUD[reason])();
}

const LOCAL_DISK = (): string =>
  _("The folder could not be read or written:\n%2\n\nIs the card full, or damaged? Nothing was lost here.");

const LOCAL: Partial<Readonly<Record<Reason, () => string>>> = {
  missing: () =>
    _(
      "The folder is not there:\n%2\n\nIs the card in, and is whatever looks after the folder running? Nothing was changed here.",
    ),
  forbidden: () => _("Nothing may be written to this folder:\n%2\n\nIs the card locked? Choose another folder if not."),
  rejected: () => _("There are too many other things in this folder:\n%2\n\nA folder of its own is best."),
};
