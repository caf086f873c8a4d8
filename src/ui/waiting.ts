import ffiUtil = require("ffi/util");
import ButtonDialog = require("ui/widget/buttondialog");
import Menu = require("ui/widget/menu");
import UIManager = require("ui/uimanager");
import { guarded } from "../guard";
import type { WaitingItem } from "../ports/overview";
import { _ } from "./gettext";
import type { Ports } from "./ports";
import { shortReason } from "./reasons";
import { confirm, mention, say } from "./say";
import { minutesOf, durationWords } from "./times";
import { agoOf, percent, sentence } from "./words";

const T = ffiUtil.template;
/** More than anyone reads, page after page. */
const MOST_ROWS = 200;

function titleOf({ title }: WaitingItem): string {
  return title === "" ? _("Unknown book") : title;
}

function shortWhat({ payload }: WaitingItem): string {
  switch (payload.kind) {
    case "session":
      return T(_("%1 min"), minutesOf(payload.session.duration));
    case "position":
      return T(_("place %1"), percent(payload.position.fraction));
  }
}

function longWhat({ payload }: WaitingItem): string {
  switch (payload.kind) {
    case "session":
      return T(_("%1 of reading"), durationWords(payload.session.duration));
    case "position":
      return T(_("Your place: %1"), percent(payload.position.fraction));
  }
}

function shortWhy({ state, reason, connectionName }: WaitingItem): string {
  if (state === "in flight") return _("being sent");
  return reason === undefined ? T(_("for %1"), connectionName) : shortReason(reason, connectionName);
}

function longWhy({ state, reason, connectionName: name }: WaitingItem): string {
  if (state === "in flight") return T(_("It is being sent to %1 now."), name);
  if (state === "parked" && reason !== undefined) {
    return T(_("%1 It is not tried again by itself."), sentence(reason, name));
  }
  if (reason === "missing") {
    const text = _("%1 does not have this book, or under another name. Open the book and see This book › Match.");
    return T(text, name);
  }
  if (state === "unknown")
    return T(_("It was sent, but the answer was lost. %1 is asked before it is sent again."), name);
  if (reason !== undefined) return sentence(reason, name);
  return T(_("It is safe on this device and goes to %1 with the next connection."), name);
}

/** What has not reached a server yet, the oldest first; a tap says why, and what can be done. */
export function showWaiting(ports: Ports, closed?: () => void): void {
  const items = ports.overview.waiting(MOST_ROWS);
  if (items.length === 0) return say(_("Nothing waits. All that you read has reached your servers."));
  const list = Menu.new({
    title: _("Waiting to be sent"),
    item_table: rowsOf(ports, items, () => refresh()),
    is_popout: false,
    is_borderless: true,
    covers_fullscreen: true,
    onMenuSelect: item => {
      item.callback?.();
    },
    close_callback: guarded(() => closed?.()),
  });
  const refresh = () => {
    const left = ports.overview.waiting(MOST_ROWS);
    if (left.length > 0) return list.switchItemTable(undefined, rowsOf(ports, left, refresh), -1);
    UIManager.close(list);
    closed?.();
  };
  UIManager.show(list);
}

function rowsOf(ports: Ports, items: readonly WaitingItem[], refresh: () => void): KOReader.ListItem[] {
  return items.map(item => ({
    text: T(_("%1, %2"), titleOf(item), shortWhat(item)),
    mandatory: shortWhy(item),
    bold: item.state === "parked",
    callback: guarded(() => {
      if (item.state === "parked") decide(ports, item, refresh);
      else say(explanation(ports, item));
    }),
  }));
}

function explanation({ overview }: Ports, item: WaitingItem): string {
  const when = agoOf(item.createdAt, overview.now());
  return `${titleOf(item)}\n${T(_("%1, %2"), longWhat(item), when)}\n\n${longWhy(item)}`;
}

/** A server refused it: only the reader can say what now. */
function decide(ports: Ports, item: WaitingItem, refresh: () => void): void {
  const close = () => {
    UIManager.close(dialog);
  };
  const retry = () => {
    close();
    ports.actions.retry(item.id);
    mention(_("It is tried again with the next connection."));
    refresh();
  };
  const discard = () => {
    close();
    const question = T(
      _("%1\n%2\n\nDiscard this? %3 never gets it."),
      titleOf(item),
      longWhat(item),
      item.connectionName,
    );
    confirm(question, _("Discard"), _("Keep"), () => {
      ports.actions.discard(item.id);
      refresh();
    });
  };
  const dialog = ButtonDialog.new({
    title: explanation(ports, item),
    buttons: [
      [
        { text: _("Discard…"), callback: guarded(discard) },
        { text: _("Retry"), callback: guarded(retry) },
      ],
      [{ text: _("Close"), id: "close", callback: guarded(close) }],
    ],
  });
  UIManager.show(dialog);
}
