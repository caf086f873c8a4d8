import ffiUtil = require("ffi/util");
import ButtonDialog = require("ui/widget/buttondialog");
import UIManager = require("ui/uimanager");
import type { Failure } from "../../core/failure";
import type { Result } from "../../core/result";
import { guarded } from "../../guard";
import type { Offer, Taken } from "../../ports/inbox";
import { asking } from "../asking";
import { _ } from "../gettext";
import { showPlainList } from "../plain-list";
import { confirm, mention, say } from "../say";
import { sentence } from "../words";
import { showDownloads } from "./popup";
import type { InboxPorts } from "./ports";

const T = ffiUtil.template;
/** As many as fit on the smallest screen. */
const MOST_LINES = 6;

/** Asks the servers, and shows what was sent to this reader's devices. */
export function showInbox(ports: InboxPorts): void {
  asking<Result<Offer[], Failure>>(
    _("Looking for books that were sent to you…"),
    done => ports.inbox.look(done),
    found => {
      if (!found.ok) return say(failureWords(ports, found.failure));
      if (found.value.length === 0) return say(emptyWords());
      offerInbox(ports);
    },
  );
}

function failureWords({ overview }: InboxPorts, { reason }: Failure): string {
  const name = overview.connections()[0]?.connection.name ?? "";
  if (reason === "unsupported") return T(_("%1 cannot send books to e-readers, or has that switched off."), name);
  return sentence(reason, name);
}

const emptyWords = (): string =>
  _("Nothing was sent to you.\n\nOn the pages of your library server, “Send to KOReader” puts a book here.");

/** Asks what is to become of what was sent, as far as it is known. */
export function offerInbox(ports: InboxPorts): void {
  const offers = ports.inbox.offers();
  const close = () => {
    UIManager.close(dialog);
  };
  const dialog: KOReader.Widget = ButtonDialog.new({
    title: offerWords(offers),
    buttons: [
      [
        { text: _("Later"), id: "close", callback: guarded(close) },
        {
          text: _("Choose…"),
          callback: guarded(() => {
            close();
            chooseFrom(ports);
          }),
        },
        {
          text: _("Download"),
          callback: guarded(() => {
            close();
            take(ports, offers);
          }),
        },
      ],
    ],
  });
  UIManager.show(dialog);
}

function offerWords(offers: readonly Offer[]): string {
  const [first] = offers;
  const isOneServer = offers.every(({ connection }) => connection.id === first?.connection.id);
  const count = offers.length;
  const head =
    isOneServer && first !== undefined
      ? T(_.ngettext("%1 has a book for you:", "%1 has %2 books for you:", count), first.connection.name, count)
      : T(_("Your servers have %1 books for you:"), count);
  const lines = offers.slice(0, MOST_LINES).map(offer => T(_("• %1"), lineOf(offer)));
  if (count > MOST_LINES) lines.push(T(_("and %1 more"), count - MOST_LINES));
  return `${head}\n\n${lines.join("\n")}`;
}

function lineOf({ item, here }: Offer): string {
  return here === undefined ? item.book.title : T(_("%1 (on this device already)"), item.book.title);
}

function chooseFrom(ports: InboxPorts): void {
  const refresh = () => {
    const offers = ports.inbox.offers();
    if (offers.length === 0) return UIManager.close(list);
    list.switchItemTable(undefined, rowsOf(ports, offers, refresh), -1);
  };
  const list = showPlainList({ title: _("Inbox") }, rowsOf(ports, ports.inbox.offers(), refresh));
}

function rowsOf(ports: InboxPorts, offers: readonly Offer[], refresh: () => void): KOReader.ListItem[] {
  return offers.map(offer => ({
    text: lineOf(offer),
    mandatory: offer.item.book.author ?? "",
    callback: guarded(() => {
      decide(ports, offer, refresh);
    }),
  }));
}

function decide(ports: InboxPorts, offer: Offer, refresh: () => void): void {
  const { book } = offer.item;
  const close = () => {
    UIManager.close(dialog);
  };
  const dismiss = () => {
    close();
    const text = _("Take “%1” off the list? None of your devices is offered it again, until it is sent anew.");
    confirm(T(text, book.title), _("Take off"), _("Keep"), () => {
      ports.inbox.dismiss(offer);
      refresh();
    });
  };
  const download = () => {
    close();
    take(ports, [offer], refresh);
  };
  const dialog: KOReader.Widget = ButtonDialog.new({
    title: book.author === undefined ? lineOf(offer) : `${lineOf(offer)}\n${book.author}`,
    buttons: [
      [
        { text: _("Not wanted…"), callback: guarded(dismiss) },
        { text: _("Download"), callback: guarded(download) },
      ],
      [{ text: _("Close"), id: "close", callback: guarded(close) }],
    ],
  });
  UIManager.show(dialog);
}

/** Looks first whether another device was faster. */
function take(ports: InboxPorts, offers: readonly Offer[], then: () => void = () => {}): void {
  asking<Result<Taken, Failure>>(
    _("Looking whether they are still there…"),
    done => ports.inbox.take(offers, done),
    taken => {
      if (!taken.ok) return say(failureWords(ports, taken.failure));
      tell(ports, taken.value);
      then();
    },
  );
}

function tell(ports: InboxPorts, { queued, gone, withoutFile }: Taken): void {
  if (queued > 0) showDownloads(ports);
  const [lacking] = withoutFile;
  if (lacking !== undefined) {
    mention(T(_("%1 has no file of “%2” that could be downloaded."), lacking.connection.name, lacking.item.book.title));
  }
  if (gone.length > 0) askAboutGone(ports, gone);
}

/** The inbox is one for all devices of a reader: what one has taken is not offered to the others. */
function askAboutGone(ports: InboxPorts, gone: readonly Offer[]): void {
  const [first] = gone;
  const text = _.ngettext(
    "Another of your devices took “%1” meanwhile. Download it here, too?",
    "Others of your devices took %2 of these meanwhile. Download them here, too?",
    gone.length,
  );
  confirm(T(text, first?.item.book.title ?? "", gone.length), _("Download"), _("No"), () => {
    if (ports.inbox.fetchAnyway(gone) > 0) showDownloads(ports);
  });
}
