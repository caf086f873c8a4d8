import ffiUtil = require("ffi/util");
import util = require("util");
import { guarded } from "../../guard";
import type { SdrRun, SdrTrigger } from "../../ports/sdr-sync";
import { _ } from "../gettext";
import { say } from "../say";
import { longDate, shortDate } from "../times";
import { bookRows } from "./book-changes";
import { showConflicts } from "./conflicts";
import { showList } from "./list";
import type { SdrPorts } from "./ports";
import { failureWords, shortFailure } from "./reasons";
import { pastCounts } from "./words";

const T = ffiUtil.template;
/** More than anyone reads, page after page. */
const MOST_RUNS = 100;

const TRIGGERS: Readonly<Record<SdrTrigger, () => string>> = {
  tap: () => _("by a tap"),
  close: () => _("after a book was closed"),
  sleep: () => _("before sleep"),
  wake: () => _("on waking up"),
  connected: () => _("with the network"),
  hours: () => _("by the hour"),
};

/** The syncs so far, the newest first; a tap says what each did to which book. */
export function showHistory(ports: SdrPorts): void {
  showList({
    title: _("History"),
    empty: _("Nothing was synced yet. Each sync is listed here, with what it changed in which book."),
    rows: () => {
      const runs = ports.sdr.history(MOST_RUNS);
      return runs.length === 0 ? [] : [conflictRow(ports)].concat(runs.map(run => rowOf(ports, run)));
    },
  });
}

const conflictRow = (ports: SdrPorts): KOReader.ListItem => ({
  text: _("Changed on two devices at once…"),
  callback: guarded(() => {
    showConflicts(ports);
  }),
});

function rowOf(ports: SdrPorts, run: SdrRun): KOReader.ListItem {
  const when = shortDate(run.at, ports.overview.now());
  const isTrouble = run.failure !== undefined && run.failure.reason !== "cancelled";
  return {
    // What went wrong takes most of the row.
    text: isTrouble ? when : T(_("%1, %2"), when, TRIGGERS[run.trigger]()),
    mandatory: outcome(ports, run),
    bold: isTrouble,
    callback: guarded(() => {
      showRun(ports, run);
    }),
  };
}

function outcome({ sdr }: SdrPorts, { failure, books, others }: SdrRun): string {
  if (failure !== undefined) return shortFailure(failure, sdr.status().target);
  const count = books.length + (others?.books ?? 0);
  return count === 0 ? _("nothing changed") : T(_.ngettext("1 book", "%1 books", count), count);
}

function showRun(ports: SdrPorts, run: SdrRun): void {
  const story = storyOf(ports, run);
  if (run.books.length === 0) return say(story);
  const details = {
    text: _("About this sync…"),
    callback: guarded(() => {
      say(story);
    }),
  };
  showList({
    title: longDate(run.at),
    rows: () => [details as KOReader.ListItem].concat(bookRows(run.books, book => pastCounts(book))),
  });
}

function storyOf({ sdr, overview }: SdrPorts, run: SdrRun): string {
  const { failure, requests, books } = run;
  const head = T(_("%1, %2"), longDate(run.at), TRIGGERS[run.trigger]());
  const cost = T(
    _.ngettext("1 request in %2 s: %3 fetched, %4 sent.", "%1 requests in %2 s: %3 fetched, %4 sent.", requests),
    requests,
    Math.ceil(run.seconds),
    util.getFriendlySize(run.bytesIn),
    util.getFriendlySize(run.bytesOut),
  );
  const lines = [`${head}\n${cost}`];
  if (failure !== undefined) lines.push(failureWords(failure, sdr.status().target, overview.now()));
  else if (books.length === 0) lines.push(_("Nothing had changed, here or elsewhere."));
  return lines.join("\n\n");
}
