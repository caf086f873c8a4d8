import ffiUtil = require("ffi/util");
import { MOST_ENTRIES } from "../core/outbox";
import type { Connection } from "../core/connection";
import { needsReader } from "../core/failure";
import type { EpochSeconds } from "../core/units";
import type { ConnectionState } from "../ports/overview";
import { fingerprintLines } from "./certificate";
import { _ } from "./gettext";
import type { Ports } from "./ports";
import { shortFailure } from "./reasons";
import { say } from "./say";
import { timeOfDay } from "./times";
import { setUp } from "./set-up";
import { agoOf, sentenceOf, waitingWords } from "./words";

const T = ffiUtil.template;

/** So many things wait for a server. */
export function countOf({ waiting }: ConnectionState): number {
  return waiting.sessions + waiting.positions;
}

/** One line for the menu: what matters most, over all connections. */
export function statusLine({ overview }: Ports): string {
  const states = overview.connections();
  const isBehind = (state: ConnectionState) => countOf(state) > 0;
  const first =
    states.find(state => isBehind(state) && state.reason !== undefined) ??
    states.find(state => isBehind(state)) ??
    states.find(({ reason }) => reason !== undefined) ??
    states[0];
  if (first === undefined) return "";
  return isBehind(first) ? behindLine(first) : inStepLine(first, overview.now());
}

function behindLine(state: ConnectionState): string {
  const { connection, waiting, failure, nextTry } = state;
  if (waiting.parked > 0) {
    return T(
      _.ngettext("%1 refused 1: see Waiting", "%1 refused %2: see Waiting", waiting.parked),
      connection.name,
      waiting.parked,
    );
  }
  const what = waitsWords(state);
  if (failure === undefined) return T(_("%1 for %2"), what, connection.name);
  const why = shortFailure(failure, connection.name);
  return nextTry === undefined ? T(_("%1: %2"), what, why) : T(_("%1: %2, next try %3"), what, why, timeOfDay(nextTry));
}

/** "3 sessions wait"; places are told of only where there is nothing else. */
function waitsWords({ waiting: { sessions, positions } }: ConnectionState): string {
  return sessions > 0
    ? T(_.ngettext("1 session waits", "%1 sessions wait", sessions), sessions)
    : T(_.ngettext("1 place waits", "%1 places wait", positions), positions);
}

function inStepLine({ connection, failure, lastSuccess }: ConnectionState, now: EpochSeconds): string {
  if (failure !== undefined) return T(_("Nothing waits, but %1"), shortFailure(failure, connection.name));
  return lastSuccess === undefined ? _("Nothing waits") : T(_("All sent, %1"), agoOf(lastSuccess, now));
}

/** The whole story of every connection; without any, the way to the first one. */
export function showStatus(ports: Ports): void {
  const { overview } = ports;
  const states = overview.connections();
  if (states.length === 0) return setUp(ports);
  const stories = states.map(state => story(state, overview.now()));
  const room = overview.room();
  if (room !== "plenty") stories.push(crowdWords(room));
  if (!overview.isRecording()) stories.push(_("Recording is paused: what you read is not counted."));
  say(stories.join("\n\n"));
}

function crowdWords(room: "little" | "none"): string {
  switch (room) {
    case "little":
      return T(
        _(
          "Nearly more waits than there is room for (%1 entries). Is the server still there? A server that is gone for good can be removed under Servers.",
        ),
        MOST_ENTRIES,
      );
    case "none":
      return T(
        _(
          "So much waits (%1 entries) that what you read of a book is added to its last session that waits. No minute and no page is lost. A server that is gone for good can be removed under Servers.",
        ),
        MOST_ENTRIES,
      );
  }
}

/** What is known of one connection, a line for each fact. */
export function story(state: ConnectionState, now: EpochSeconds): string {
  const { connection, waiting, nextTry } = state;
  const lines = [T(_("%1 (%2)"), connection.name, addressWords(connection))];
  if (countOf(state) === 0) lines.push(_("Nothing waits: it has all that you read."));
  else lines.push(T(_("Waits: %1."), waitingWords(waiting.sessions, waiting.positions)));
  if (waiting.parked > 0) {
    lines.push(
      T(
        _.ngettext("1 of these was refused: see Waiting.", "%1 of these were refused: see Waiting.", waiting.parked),
        waiting.parked,
      ),
    );
  }
  const next = nextTry === undefined ? [] : [T(_("Next try: %1."), timeOfDay(nextTry))];
  return lines.concat(failureLines(state), next, contactLines(state, now)).join("\n");
}

const addressWords = ({ url, outsideUrl }: Connection): string =>
  outsideUrl === undefined ? url : T(_("%1, outside %2"), url, outsideUrl);

function failureLines({ connection: { name }, failure }: ConnectionState): string[] {
  if (failure === undefined) return [];
  const lines = [sentenceOf(failure, name)];
  const { fingerprint, pinned } = failure;
  if (pinned !== undefined) lines.push(T(_("Trusted so far:\n%1"), fingerprintLines(pinned)));
  if (pinned !== undefined && fingerprint !== undefined) lines.push(T(_("Now:\n%1"), fingerprintLines(fingerprint)));
  if (needsReader(failure.reason))
    lines.push(_("Nothing more is sent before that is put right: a test says what to do."));
  return lines;
}

/** When it last answered, and where, if it has two addresses. */
function contactLines({ connection, lastSuccess, failure, address }: ConnectionState, now: EpochSeconds): string[] {
  if (lastSuccess === undefined) return failure === undefined ? [_("No contact yet since KOReader started.")] : [];
  const when = agoOf(lastSuccess, now);
  if (connection.outsideUrl === undefined || address === undefined) return [T(_("Last contact: %1."), when)];
  const isFirst = address === connection.url;
  return [
    T(isFirst ? _("Last contact: %1, at its first address.") : _("Last contact: %1, at its second address."), when),
  ];
}
