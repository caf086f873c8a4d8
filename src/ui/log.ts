import ffiUtil = require("ffi/util");
import type { EpochSeconds } from "../core/units";
import { guarded } from "../guard";
import type { JournalEntry } from "../ports/store";
import { _ } from "./gettext";
import type { Ports } from "./ports";
import { showPlainList } from "./plain-list";
import { shortReason } from "./reasons";
import { say } from "./say";
import { longDate, shortDate } from "./times";
import { sentence } from "./words";

const T = ffiUtil.template;
const MOST_ROUNDS = 200;

/** The last rounds of sending, the newest first. */
export function showLog({ overview }: Ports): void {
  const rounds = overview.journal(MOST_ROUNDS);
  if (rounds.length === 0) return say(_("Nothing was sent yet."));
  const names = new Map(overview.connections().map(({ connection: { id, name } }) => [id, name] as const));
  const now = overview.now();
  const rows = rounds.map(round => rowOf(round, names.get(round.connection) ?? _("A removed server"), now));
  showPlainList({ title: _("What was sent") }, rows);
}

function rowOf(round: JournalEntry, name: string, now: EpochSeconds): KOReader.ListItem {
  return {
    text: shortRound(round, name),
    mandatory: shortDate(round.at, now),
    callback: guarded(() => {
      say(longRound(round, name));
    }),
  };
}

function shortRound({ sent, reason }: JournalEntry, name: string): string {
  if (reason === undefined) return T(_("%1: %2 sent"), name, sent);
  const why = shortReason(reason, name);
  return sent === 0 ? T(_("Nothing sent: %1"), why) : T(_("%1 sent, then: %2"), sent, why);
}

function longRound({ at, sent, reason }: JournalEntry, name: string): string {
  const what = T(_.ngettext("1 entry reached %2.", "%1 entries reached %2.", sent), sent, name);
  const lines = [longDate(at), "", sent === 0 ? T(_("Nothing reached %1."), name) : what];
  if (reason !== undefined) lines.push(sentence(reason, name));
  return lines.join("\n");
}
