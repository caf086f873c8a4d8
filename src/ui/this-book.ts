import ffiUtil = require("ffi/util");
import ButtonDialog = require("ui/widget/buttondialog");
import UIManager = require("ui/uimanager");
import type { MatchMethod } from "../core/book";
import type { Tally } from "../core/session";
import { guarded } from "../guard";
import type { BookOnServer, ConnectionState, ThisBook } from "../ports/overview";
import { part } from "../parts";
import { _ } from "./gettext";
import { matchBook } from "./match-book";
import type { Ports } from "./ports";
import { confirm, say } from "./say";
import { durationWords } from "./times";
import { percent } from "./words";

const T = ffiUtil.template;

const HOW: Readonly<Record<MatchMethod, () => string>> = {
  digest: () => _("by its content"),
  picked: () => _("by your choice"),
  name: () => _("by its name"),
};

/** "Home: matched by its content", and under which title where that is another one. */
function onServer(
  { connection: { id, name }, match, place }: BookOnServer,
  title: string,
  states: ConnectionState[],
): string {
  if (match !== undefined) {
    const how = HOW[match.method]();
    const matched =
      match.title === undefined || match.title === title
        ? T(_("%1: matched %2"), name, how)
        : T(_("%1: “%2”, %3"), name, match.title, how);
    return place === undefined ? matched : `${matched}\n${placeWords(place)}`;
  }
  const isKnown = states.find(({ connection }) => connection.id === id)?.lastSuccess !== undefined;
  return isKnown ? T(_("%1: not matched"), name) : T(_("%1: not asked yet"), name);
}

function placeWords({ fraction, device }: NonNullable<BookOnServer["place"]>): string {
  if (device === undefined) return T(_("There: %1, from this device"), percent(fraction));
  return T(_("There: %1, from %2"), percent(fraction), device);
}

function tallyWords({ duration, pageTurns }: Tally): string {
  const pages = T(_.ngettext("1 page", "%1 pages", pageTurns), pageTurns);
  const time = duration < 60 ? _("less than a minute") : durationWords(duration);
  return T(_("%1, %2"), time, pages);
}

function todayWords({ today }: ThisBook): string {
  const isNothing = today.pageTurns === 0 && today.duration < 60;
  return isNothing ? _("Today: nothing yet") : T(_("Today: %1"), tallyWords(today));
}

function sittingWords({ sitting, isTracked }: ThisBook, isRecording: boolean): string {
  if (!isTracked) return _("This book is not recorded.");
  return isRecording ? T(_("This sitting: %1"), tallyWords(sitting)) : _("Recording is paused.");
}

/** The book on screen: where it stands on every server, and what can be done about it. */
export function showThisBook(ports: Ports): void {
  const book = ports.overview.thisBook();
  if (book === undefined) return say(_("Open a book first."));
  const states = ports.overview.connections();
  const servers = book.servers.map(server => onServer(server, book.title, states));
  const read = [todayWords(book), sittingWords(book, ports.overview.isRecording())];
  const lines = [book.title, T(_("Here: %1"), percent(book.here))].concat(read);
  const close = () => {
    UIManager.close(dialog);
  };
  const dialog = ButtonDialog.new({
    title: `${lines.join("\n")}\n\n${servers.join("\n")}`,
    buttons: serverRows(ports, book, close).concat(seriesRow(ports, book, close), [
      [recordButton(ports)],
      [{ text: _("Close"), id: "close", callback: guarded(close) }],
    ]),
  });
  UIManager.show(dialog);
}

/** What follows in its series, where a server has the book. */
function seriesRow(ports: Ports, { servers }: ThisBook, close: () => void): KOReader.Button[][] {
  if (servers.every(({ match }) => match === undefined)) return [];
  const rest: KOReader.Button = {
    text: _("Rest of this series…"),
    callback: guarded(() => {
      close();
      part("ui/library").restOfThisSeries(ports.library());
    }),
  };
  return [[rest]];
}

function recordButton({ overview, actions }: Ports): KOReader.Button {
  const isTracked = () => overview.thisBook()?.isTracked === true;
  return {
    text: _("Record this book"),
    checked_func: isTracked,
    callback: guarded(() => {
      actions.setBookTracked(!isTracked());
    }),
  };
}

/** With several servers every button says which one it means. */
function serverRows(ports: Ports, book: ThisBook, close: () => void): KOReader.Button[][] {
  const isOnly = book.servers.length === 1;
  return book.servers.map(server => {
    const { connection, match } = server;
    const choose: KOReader.Button = {
      text: isOnly ? _("Match this book…") : T(_("Match on %1…"), connection.name),
      callback: guarded(() => {
        close();
        matchBook(ports, connection, book.title);
      }),
    };
    if (match === undefined) return [choose];
    const wrong = match.method === "name" ? _("Wrong book?") : _("Forget match…");
    const forget: KOReader.Button = {
      text: isOnly ? wrong : T(_("%1: %2"), connection.name, wrong),
      callback: guarded(() => {
        close();
        forgetMatch(ports, server, book);
      }),
    };
    return [forget, choose];
  });
}

/** What was read is kept and waits until the book is matched again. */
function forgetMatch({ actions }: Ports, { connection, match }: BookOnServer, book: ThisBook): void {
  const text = T(
    _("%1 takes this book for “%2”. Is that wrong?\n\nWhat you read of it then waits until you match it."),
    connection.name,
    match?.title ?? book.title,
  );
  confirm(text, _("Forget it"), _("Leave it"), () => {
    actions.forgetMatch(connection.id);
  });
}
