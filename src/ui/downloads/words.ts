import ffiUtil = require("ffi/util");
import util = require("util");
import type { Download } from "../../core/download";
import { nextStep, type Reason } from "../../core/failure";
import { fraction } from "../../core/units";
import type { DownloadProgress } from "../../ports/downloads";
import { _ } from "../gettext";
import { shortReason } from "../reasons";
import { diskWords, percent, sentence } from "../words";

const T = ffiUtil.template;

/** "3 of 12 — Title", and below it "41 %, 2.1 MB/s". */
export function progressWords({ current, of, pausedBy }: DownloadProgress): string {
  if (current !== undefined) {
    const which = of > 1 ? T(_("%1 of %2 — %3"), current.number, of, current.title) : current.title;
    return `${which}\n\n${amountWords(current)}`;
  }
  if (pausedBy === undefined) return T(_.ngettext("1 book is on its way.", "%1 books are on their way.", of), of);
  if (pausedBy.reason === "offline") {
    return _("There is no network.\n\nIt goes on by itself with the next connection, where it stopped.");
  }
  return T(
    _("Stopped for a moment: %1.\n\nIt is tried again by itself."),
    shortReason(pausedBy.reason, pausedBy.connectionName),
  );
}

function amountWords({ bytes, total, bytesPerSecond }: NonNullable<DownloadProgress["current"]>): string {
  const size = util.getFriendlySize(bytes);
  // What is sent may be longer than the server said.
  const amount = total === undefined || total <= 0 ? size : percent(fraction(Math.min(1, bytes / total)));
  if (bytesPerSecond === undefined) return amount;
  return T(_("%1, %2/s"), amount, util.getFriendlySize(bytesPerSecond));
}

/** Of what a server refuses it knows best why; what else went wrong is not its to explain. */
const REFUSALS: readonly Reason[] = ["forbidden", "rejected", "missing", "busy"];

const quoted = (said: string, connectionName: string): string => T(_("%1 says “%2”"), connectionName, said);

function isQuoted(reason: Reason | undefined, said: string | undefined): said is string {
  return said !== undefined && reason !== undefined && REFUSALS.includes(reason);
}

/** Why it failed, in a few words. */
export function whyFailed({ reason, said, lacking, target }: Download, connectionName: string): string {
  if (isQuoted(reason, said)) return quoted(said, connectionName);
  if (reason === "disk" && target === undefined) return _("the folder for downloads is not there");
  if (reason === "disk" && lacking !== undefined) {
    return T(_("%1 more have to be free on this device"), util.getFriendlySize(lacking));
  }
  if (reason === "disk") return _("it could not be written to this device");
  return reason === undefined ? _("unknown") : shortReason(reason, connectionName);
}

/** The same, in full, and what to do about it. */
export function failedWords(download: Download, connectionName: string): string {
  const { reason, said } = download;
  const words = reason === undefined ? whyFailed(download, connectionName) : adviceOn(download, reason, connectionName);
  return isQuoted(reason, said) ? `${words}\n\n${quoted(said, connectionName)}` : words;
}

function adviceOn(download: Download, reason: Reason, connectionName: string): string {
  const { lacking, target } = download;
  if (reason === "disk" && target === undefined) {
    return _("The folder for downloads is not there.\n\nChoose one under Tools › Ribbon › Settings › Downloads.");
  }
  if (reason === "disk" && lacking !== undefined) return diskWords({ lacking }, connectionName);
  if (nextStep(reason) !== "retry") return sentence(reason, connectionName);
  // What waits is tried again by itself: this does not wait any more.
  const text = _("It was not downloaded: %1.\n\n“Retry failed” tries it again, from where it stopped.");
  return T(text, shortReason(reason, connectionName));
}
