import ffiUtil = require("ffi/util");
import ButtonDialog = require("ui/widget/buttondialog");
import Menu = require("ui/widget/menu");
import UIManager = require("ui/uimanager");
import type { Connection } from "../core/connection";
import type { Failure } from "../core/failure";
import type { Result } from "../core/result";
import { guarded } from "../guard";
import type { MatchedBooks } from "../ports/actions";
import type { ConnectionState } from "../ports/overview";
import { asking } from "./asking";
import { showHeaders } from "./extra-headers";
import { _ } from "./gettext";
import type { Ports } from "./ports";
import { shortFailure } from "./reasons";
import { pairWith } from "./quick-connect";
import { confirm, say } from "./say";
import { EMPTY_FORM } from "./server-dialog";
import { type AfterTest, answersWell, editServer, testServer } from "./server-test";
import { countOf, story } from "./status";
import { sentence, waitingWords } from "./words";

const T = ffiUtil.template;

/** The servers, and what can be done with each. `closed` is told when the list is left. */
export function showServers(ports: Ports, closed: () => void): void {
  const list = Menu.new({
    title: _("Servers"),
    item_table: rowsOf(ports, () => refresh()),
    is_popout: false,
    is_borderless: true,
    covers_fullscreen: true,
    onMenuSelect: item => {
      item.callback?.();
    },
    close_callback: guarded(closed),
  });
  const refresh = () => {
    if (UIManager.isWidgetShown(list)) list.switchItemTable(undefined, rowsOf(ports, refresh), -1);
  };
  UIManager.show(list);
}

function rowsOf(ports: Ports, refresh: () => void): KOReader.ListItem[] {
  const rows = ports.overview.connections().map((state): KOReader.ListItem => ({
    text: state.connection.name,
    mandatory: shortState(state),
    callback: guarded(() => {
      showServer(ports, state, refresh);
    }),
  }));
  const add = guarded(() => {
    const usualName = T(_("Server %1"), rows.length + 1);
    editServer(ports, _("Add a server"), { ...EMPTY_FORM, usualName }, thenRefresh(refresh));
  });
  return rows.concat([{ text: _("Add a server…"), callback: add }]);
}

function thenRefresh(refresh: () => void): AfterTest {
  return {
    success: connection => answersWell(connection),
    changed: () => {
      refresh();
    },
  };
}

function shortState(state: ConnectionState): string {
  if (state.failure !== undefined) return shortFailure(state.failure, state.connection.name);
  const count = countOf(state);
  if (count === 0 && state.lastSuccess === undefined) return _("no contact yet");
  return count === 0 ? _("nothing waits") : T(_.ngettext("1 waits", "%1 wait", count), count);
}

/** One server: how it fares, and what can be done with it. */
function showServer(ports: Ports, state: ConnectionState, refresh: () => void): void {
  const { connection } = state;
  const button = (text: string, action: () => void): KOReader.Button => ({
    text,
    callback: guarded(() => {
      UIManager.close(dialog);
      action();
    }),
  });
  const after = thenRefresh(refresh);
  const baked = ports.overview.baked();
  const isChanged = baked?.id === connection.id && (baked.url !== connection.url || baked.key !== connection.key);
  const back = () => {
    if (baked === undefined) return;
    const restored = ports.actions.saveConnection({ ...connection, url: baked.url, key: baked.key });
    refresh();
    testServer(ports, restored, after);
  };
  const rows = [
    [button(_("Test"), () => testServer(ports, connection, after))],
    [button(_("Change…"), () => editServer(ports, _("Change this server"), connection, after))],
    [button(_("Connect with a code…"), () => pairWith(ports, connection, refresh))],
    [button(_("Extra headers…"), () => showHeaders(ports, connection, refresh))],
  ];
  const dialog = ButtonDialog.new({
    title: story(state, ports.overview.now()),
    buttons: rows.concat(isChanged ? [[button(_("Back to what was baked in"), back)]] : [], [
      [button(_("Match all books again"), () => matchAgain(ports, connection))],
      [button(_("Remove…"), () => remove(ports, state, refresh))],
      [{ ...button(_("Close"), () => {}), id: "close" }],
    ]),
  });
  UIManager.show(dialog);
}

function matchAgain({ actions }: Ports, { id, name }: Connection): void {
  asking<Result<MatchedBooks, Failure>>(
    T(_("Looking at the books of this device and asking %1 for them…"), name),
    done => actions.matchAllBooks(id, done),
    found => {
      if (!found.ok) return say(sentence(found.failure.reason, name));
      const { count, isAll } = found.value;
      say(isAll ? foundWords(count, name) : `${foundWords(count, name)}\n\n${unfinished()}`);
    },
  );
}

function foundWords(count: number, name: string): string {
  if (count === 0) return T(_("No book was found on %1 that was not known before."), name);
  return T(_.ngettext("1 book was found on %2.", "%1 books were found on %2.", count), count, name);
}

const unfinished = (): string =>
  _("This device has more books than there was time for. Tap “Match all books again” to go on with the rest.");

function remove({ actions, overview }: Ports, state: ConnectionState, refresh: () => void): void {
  const { connection, waiting } = state;
  const loss =
    countOf(state) === 0
      ? _("Nothing waits for it.")
      : T(_("What waits for it is discarded: %1."), waitingWords(waiting.sessions, waiting.positions));
  const coming = overview.onTheirWay(connection.id);
  const books = coming === 0 ? "" : ` ${comingWords(coming)}`;
  const text = T(_("Remove %1?\n\n%2%3 What the server has stays there."), connection.name, loss, books);
  confirm(text, _("Remove"), _("Cancel"), () => {
    actions.removeConnection(connection.id);
    refresh();
  });
}

function comingWords(count: number): string {
  const text = _.ngettext(
    "1 book on its way from it does not come.",
    "%1 books on their way from it do not come.",
    count,
  );
  return T(text, count);
}
