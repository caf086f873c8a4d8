import ffiUtil = require("ffi/util");
import type { SdrBookChanges, SdrChange, SdrKnownBook, SdrStatus, SdrStep, SdrProgress } from "../../ports/sdr-sync";
import type { EpochSeconds } from "../../core/units";
import { _ } from "../gettext";
import { timeOfDay } from "../times";
import { agoOf } from "../words";
import { fieldWords } from "./fields";
import { excerpt } from "./excerpt";
import { shortFailure } from "./reasons";

const T = ffiUtil.template;

const STEPS: Readonly<Record<SdrStep, () => string>> = {
  looking: () => _("Looking what changed on this device…"),
  asking: () => _("Asking your cloud folder…"),
  fetching: () => _("Fetching what other devices wrote…"),
  merging: () => _("Putting it together…"),
  sending: () => _("Sending what changed here…"),
  writing: () => _("Putting it into your books…"),
};

/** "Sending what changed here…", and below it "3 of 12". */
export function progressWords({ step, done, of }: SdrProgress): string {
  const count = of > 0 ? T(_("%1 of %2"), Math.min(done, of), of) : " ";
  return `${STEPS[step]()}\n\n${count}`;
}

/** Where the sync stands, in one line. */
export function statusWords({ state, lastSuccess, target, unsent }: SdrStatus, now: EpochSeconds): string {
  switch (state.kind) {
    case "off":
      return _("No cloud folder is chosen");
    case "running":
      return _("Syncing…");
    case "preview":
      return _("Nothing changes before you have seen what would");
    case "emptied":
      return _("Your cloud folder is empty now: nothing is synced");
    case "stopped":
      return T(_("Stopped: %1"), shortFailure(state.failure, target));
    case "waiting": {
      const why = shortFailure(state.failure, target);
      return state.nextTry === undefined
        ? T(_("Waits: %1"), why)
        : T(_("%1, next try %2"), why, timeOfDay(state.nextTry));
    }
    case "idle":
      if (lastSuccess === undefined) return _("Not synced yet");
      if (unsent > 0) return T(_("Last sync %1; changes wait to be sent"), agoOf(lastSuccess, now));
      return T(_("In step, %1"), agoOf(lastSuccess, now));
  }
}

export function titleOf({ title }: { readonly title: string }): string {
  return title === "" ? _("Unknown book") : title;
}

/** "Emma, Jane Austen". */
export function bookWords(book: SdrKnownBook): string {
  const { authors } = book;
  return authors === "" ? titleOf(book) : T(_("%1, %2"), titleOf(book), authors.split("\n").join(_(", ")));
}

/** Highlights, notes and bookmarks of a book; the reader calls them all highlights. */
export function countOfMarks({ count }: SdrKnownBook): string {
  return count === 0 ? _("no highlights") : T(_.ngettext("1 highlight", "%1 highlights", count), count);
}

/** Those that have it. */
export function devicesWords({ devices }: SdrKnownBook): string {
  return devices.length === 0 ? _("another device") : devices.join(_(", "));
}

interface Counts {
  added: number;
  deleted: number;
  changed: number;
  fields: number;
}

function count(counts: Counts, { kind }: SdrChange): void {
  if (kind === "added") counts.added += 1;
  else if (kind === "deleted") counts.deleted += 1;
  else if (kind === "set" || kind === "unset") counts.fields += 1;
  else counts.changed += 1;
}

/** "3 new, 1 deleted, 2 changed, 1 book detail"; "nothing". */
export function countWords(changes: readonly SdrChange[]): string {
  const counts: Counts = { added: 0, deleted: 0, changed: 0, fields: 0 };
  for (const change of changes) count(counts, change);
  const { added, deleted, changed, fields } = counts;
  const parts: string[] = [];
  if (added > 0) parts.push(T(_.ngettext("1 new", "%1 new", added), added));
  if (deleted > 0) parts.push(T(_.ngettext("1 deleted", "%1 deleted", deleted), deleted));
  if (changed > 0) parts.push(T(_.ngettext("1 changed", "%1 changed", changed), changed));
  if (fields > 0) parts.push(T(_.ngettext("1 book detail", "%1 book details", fields), fields));
  return parts.length === 0 ? _("nothing") : parts.join(_(", "));
}

/** At the right of a book: "3 come, 1 goes". */
export function shortCounts({ incoming, outgoing }: SdrBookChanges): string {
  const parts: string[] = [];
  if (incoming.length > 0) parts.push(T(_.ngettext("1 comes", "%1 come", incoming.length), incoming.length));
  if (outgoing.length > 0) parts.push(T(_.ngettext("1 goes", "%1 go", outgoing.length), outgoing.length));
  return parts.join(_(", "));
}

/** The same of a sync that is over. */
export function pastCounts({ incoming, outgoing }: SdrBookChanges): string {
  const parts: string[] = [];
  if (incoming.length > 0) parts.push(T(_.ngettext("1 came", "%1 came", incoming.length), incoming.length));
  if (outgoing.length > 0) parts.push(T(_.ngettext("1 went out", "%1 went out", outgoing.length), outgoing.length));
  return parts.join(_(", "));
}

/** What a highlight marks, in quotes; a bookmark marks nothing. */
export function quoted(text: string): string {
  return text === "" ? _("a page bookmark") : T(_("“%1”"), excerpt(text));
}

const GROUPS: Readonly<Record<"pos" | "sty" | "note", () => string>> = {
  pos: () => _("its limits"),
  sty: () => _("its colour or style"),
  note: () => _("its note"),
};

export function groupWords(group: "pos" | "sty" | "note"): string {
  return GROUPS[group]();
}

/** One change as a line of a list. */
export function changeWords(change: SdrChange): string {
  switch (change.kind) {
    case "added":
      return T(_("New: %1"), quoted(change.text));
    case "deleted":
      return T(_("Deleted: %1"), quoted(change.text));
    case "folded":
      return T(_("Two of the same became one: %1"), quoted(change.text));
    case "parted":
      return T(_("Back in its own book alone: %1"), quoted(change.text));
    case "changed":
      return T(_("Changed (%1): %2"), change.groups.map(group => groupWords(group)).join(_(", ")), quoted(change.text));
    case "set":
      return T(_("Set: %1"), fieldWords(change.name));
    case "unset":
      return T(_("Taken away: %1"), fieldWords(change.name));
  }
}
