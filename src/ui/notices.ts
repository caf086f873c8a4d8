import ffiUtil = require("ffi/util");
import type { Failure, Reason } from "../core/failure";
import type { NoticeLevel } from "../core/preferences";
import type { SdrTarget } from "../core/sdr-settings";
import type { Fraction } from "../core/units";
import type { DownloadTally, Notices } from "../ports/notices";
import { _ } from "./gettext";
import { placeName, shortFailure } from "./sdr/reasons";
import { toast } from "./toast";
import { deviceWords, percent, sentence, sentenceOf } from "./words";

const T = ffiUtil.template;

/** Messages over the page, as many as the reader wants to see. An answer to a tap is always shown. */
export class Toasts implements Notices {
  constructor(private readonly level: () => NoticeLevel) {}

  moved(to: Fraction, device: string | undefined): void {
    this.say("all", T(_("Moved to %1, where you left off on %2."), percent(to), deviceWords(device)));
  }

  elsewhere(at: Fraction, device: string | undefined): void {
    this.say("all", T(_("In this book you are at %1 on %2."), percent(at), deviceWords(device)));
  }

  namesake(name: string): void {
    const text = _("Two of your devices are called “%1”. Rename one: Tools › Ribbon › Settings.");
    this.say("problems", T(text, name));
  }

  guessed(title: string, connectionName: string): void {
    const text = _("%1 takes this book for “%2”. Wrong? See Tools › Ribbon › This book.");
    this.say("problems", T(text, connectionName, title));
  }

  damaged(rows: number): void {
    const text = _.ngettext(
      "Ribbon's records here were damaged and begun anew. 1 entry was saved.",
      "Ribbon's records here were damaged and begun anew. %1 entries were saved.",
      rows,
    );
    this.say("problems", T(text, rows));
  }

  crowded(): void {
    this.say("problems", _("Very much waits to be sent. Is your server still there? See Tools › Ribbon."));
  }

  synced(sent: number, left: number): void {
    if (left > 0) toast(T(_("Sent %1, %2 still wait."), sent, left));
    else toast(sent === 0 ? _("Everything is in step.") : T(_("Sent %1. Everything is in step."), sent));
  }

  downloaded({ done, skipped, failed, asking, title }: DownloadTally): void {
    if (title !== undefined) return toast(T(_("“%1” is on this device."), title));
    const parts = [T(_.ngettext("1 book downloaded", "%1 books downloaded", done), done)];
    if (skipped > 0) parts.push(T(_("%1 left out"), skipped));
    if (failed > 0) parts.push(T(_("%1 failed"), failed));
    if (asking > 0) parts.push(T(_.ngettext("1 has a question", "%1 have a question", asking), asking));
    const text = parts.join(_(", "));
    toast(failed + asking === 0 ? T(_("%1."), text) : T(_("%1. See Tools › Ribbon › Downloads."), text));
  }

  sent(books: number): void {
    const text = _.ngettext(
      "A book was sent to you. See Tools › Ribbon › Inbox.",
      "%1 books were sent to you. See Tools › Ribbon › Inbox.",
      books,
    );
    this.say("all", T(text, books));
  }

  highlightsCame(changes: number, books: number): void {
    const text = T(_.ngettext("1 change came", "%1 changes came", changes), changes);
    const place = T(_.ngettext("in 1 book", "in %1 books", books), books);
    this.say("all", T(_("%1 from your other devices, %2."), text, place));
  }

  highlightsStaged(changes: number): void {
    const text = _.ngettext(
      "1 change came for this book. See Tools › Ribbon › Highlights sync.",
      "%1 changes came for this book. See Tools › Ribbon › Highlights sync.",
      changes,
    );
    this.say("all", T(text, changes));
  }

  highlightsHeld(books: number): void {
    const text = _.ngettext(
      "Highlights of 1 book disappeared here, not elsewhere. See Tools › Ribbon › Highlights sync.",
      "Highlights of %1 books disappeared here, not elsewhere. See Tools › Ribbon › Highlights sync.",
      books,
    );
    this.say("problems", T(text, books));
  }

  highlightsEmptied(target: SdrTarget): void {
    const text = _("The folder for highlights on %1 is empty now. See Tools › Ribbon › Highlights sync.");
    this.say("problems", T(text, placeName(target)));
  }

  highlightsStopped(failure: Failure, target: SdrTarget): void {
    const text = _("Highlights are not synced: %1. See Tools › Ribbon › Highlights sync.");
    this.say("problems", T(text, shortFailure(failure, target)));
  }

  updateFound(version: string): void {
    this.say("all", T(_("Ribbon %1 is there. See Tools › Ribbon › More › Updates."), version));
  }

  asks(connectionName: string, failure: Failure): void {
    this.say("problems", T(_("%1 See Tools › Ribbon › Servers."), sentenceOf(failure, connectionName)));
  }

  failed(connectionName: string, reason: Reason): void {
    toast(sentence(reason, connectionName));
  }

  private say(from: "all" | "problems", text: string): void {
    const level = this.level();
    if (level === "all" || level === from) toast(text);
  }
}
