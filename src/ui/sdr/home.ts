import ffiUtil = require("ffi/util");
import { guarded } from "../../guard";
import type { SdrStatus } from "../../ports/sdr-sync";
import { _ } from "../gettext";
import { say } from "../say";
import { showBooks } from "./books";
import { showDevices } from "./devices";
import { showFolder } from "./folder";
import { askAboutHeld } from "./held";
import { showHelp } from "./help";
import { showHistory } from "./history";
import { showList } from "./list";
import { showOptions } from "./options";
import type { SdrPorts } from "./ports";
import { placeName } from "./reasons";
import { offerStaged, stagedWords } from "./staged";
import { chooseAnother, decideAboutEmptied, explain, previewChanges, syncHighlights } from "./sync";
import { showTrash } from "./trash";
import { statusWords } from "./words";

const T = ffiUtil.template;

/** Where the sync of highlights stands and all that can be done with it; without a folder, the way to one. */
export function showHighlights(ports: SdrPorts): void {
  if (ports.sdr.status().state.kind === "off") return chooseAnother(ports);
  let shown = "";
  const keyOf = (status: SdrStatus) => `${status.state.kind} ${status.held} ${status.unsent}`;
  const here: SdrPorts = { ...ports, leave: () => list.close() };
  const list = showList({
    title: _("Highlights sync"),
    subtitle: () => statusWords(ports.sdr.status(), ports.overview.now()),
    rows: refreshRows => rowsOf(here, refreshRows),
    closed: () => stop(),
  });
  const stop = ports.sdr.watch(status => {
    const key = keyOf(status);
    // Progress has a popup of its own: an e-ink screen is not drawn anew for each step.
    if (key === shown) return;
    const isFirst = shown === "";
    shown = key;
    if (!isFirst) list.refresh();
  });
}

const row = (text: string, action: () => void, mandatory = ""): KOReader.ListItem => ({
  text,
  ...(mandatory !== "" && { mandatory }),
  callback: guarded(action),
});

const urgent = (text: string, action: () => void): KOReader.ListItem => ({ ...row(text, action), bold: true });

function rowsOf(ports: SdrPorts, refresh: () => void): KOReader.ListItem[] {
  const status = ports.sdr.status();
  if (status.state.kind === "off") return [];
  const isRunning = status.state.kind === "running";
  const knows = hasMemory(status);
  return urgentRows(ports, status, refresh).concat(
    [row(isRunning ? _("Show how far it is…") : _("Sync now"), () => syncHighlights(ports))],
    isRunning || !knows ? [] : [row(_("What would change…"), () => previewChanges(ports))],
    knows ? rowsOfMemory(ports) : [],
    [
      row(_("When and what to sync…"), () => showOptions(ports.sdr)),
      row(_("Your cloud folder…"), () => openFolder(ports, refresh), placeName(status.target)),
      row(_("How it works…"), showHelp),
    ],
  );
}

/** False where Ribbon's own file cannot be opened: nobody can say what was. */
const hasMemory = ({ state }: SdrStatus): boolean => state.kind !== "waiting" || state.failure.isOurs !== true;

const rowsOfMemory = (ports: SdrPorts): KOReader.ListItem[] => [
  row(_("History…"), () => showHistory(ports)),
  row(_("Books…"), () => showBooks(ports)),
  row(_("Trash…"), () => showTrash(ports)),
  row(_("Devices…"), () => showDevices(ports)),
];

function openFolder(ports: SdrPorts, refresh: () => void): void {
  showFolder(ports, {
    chosen: () => {
      refresh();
      syncHighlights(ports);
    },
    switchedOff: () => {
      refresh();
    },
  });
}

/** What waits for the reader's word. */
function urgentRows(ports: SdrPorts, status: SdrStatus, refresh: () => void): KOReader.ListItem[] {
  const rows = stateRows(ports, status);
  const staged = hasMemory(status) ? ports.sdr.staged() : undefined;
  if (staged !== undefined && staged.incoming.length > 0) {
    rows.push(urgent(T(_("Show %1 for this book…"), stagedWords(staged)), () => offerStaged(ports)));
  }
  const { held } = status;
  if (held > 0) {
    const text = _.ngettext("Highlights of 1 book disappeared here…", "Highlights of %1 books disappeared here…", held);
    rows.push(urgent(T(text, held), () => askAboutHeld(ports, refresh)));
  }
  if (status.hasNewer) rows.push(urgent(_("Ribbon should be updated…"), () => say(NEWER())));
  return rows;
}

const NEWER = (): string =>
  _(
    "Another of your devices has a newer Ribbon, and writes what this one cannot read yet. Nothing is lost: it is read as soon as Ribbon is updated here.",
  );

function stateRows(ports: SdrPorts, { state }: SdrStatus): KOReader.ListItem[] {
  switch (state.kind) {
    case "preview":
      return [urgent(_("See what would change, then begin…"), () => previewChanges(ports))];
    case "emptied":
      return [urgent(_("Your cloud folder is empty now…"), () => decideAboutEmptied(ports))];
    case "waiting":
    case "stopped":
      return [urgent(_("Why it does not sync…"), () => explain(ports, state.failure))];
    case "off":
    case "idle":
    case "running":
      return [];
  }
}
