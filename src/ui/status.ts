import _ = require("gettext");
import ffiUtil = require("ffi/util");
import InfoMessage = require("ui/widget/infomessage");
import UIManager = require("ui/uimanager");
import type { ConnectionState, Overview } from "../ports/overview";
import { ago, sentence, waitingWords } from "./words";

const T = ffiUtil.template;

/** One line for the menu: what matters most, over all connections. */
export function statusLine(overview: Overview): string {
  const states = overview.connections();
  if (states.length === 0) return _("No server yet: tap Server… to enter one");
  const first = states.find(state => isBehind(state)) ?? states.find(({ reason }) => reason !== undefined) ?? states[0];
  return first === undefined ? "" : shortState(first, overview.now());
}

function isBehind({ waiting }: ConnectionState): boolean {
  return waiting.sessions + waiting.positions > 0;
}

function shortState(state: ConnectionState, now: number): string {
  const { connection, waiting, lastSuccess, reason } = state;
  const { name } = connection;
  if (isBehind(state)) {
    const what = waitingWords(waiting.sessions, waiting.positions);
    return waiting.sessions + waiting.positions === 1
      ? T(_("%1 waits for %2"), what, name)
      : T(_("%1 wait for %2"), what, name);
  }
  if (reason !== undefined) return T(_("%1 cannot be reached"), name);
  if (lastSuccess === undefined) return T(_("%1: nothing waits"), name);
  return T(_("%1: in step, %2"), name, ago(now - lastSuccess));
}

/** The whole story of every connection. */
export function showStatus(overview: Overview): void {
  const paragraphs = overview.connections().map(state => {
    const lines = [shortState(state, overview.now())];
    if (state.reason !== undefined) lines.push(sentence(state.reason, state.connection.name));
    return lines.join("\n");
  });
  const nothing = _(
    "Ribbon keeps your place and your reading sessions in step with your library server. Enter its address and key under Server…",
  );
  UIManager.show(InfoMessage.new({ text: paragraphs.length === 0 ? nothing : paragraphs.join("\n\n") }));
}
