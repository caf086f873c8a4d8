import ffiUtil = require("ffi/util");
import ButtonDialog = require("ui/widget/buttondialog");
import UIManager = require("ui/uimanager");
import { guarded } from "../../guard";
import type { SdrConflict, SdrConflictValue } from "../../ports/sdr-sync";
import { _ } from "../gettext";
import { mention } from "../say";
import { shortDate } from "../times";
import { excerpt } from "./excerpt";
import { fieldWords, valueWords } from "./fields";
import { showList } from "./list";
import type { SdrPorts } from "./ports";
import { groupWords, quoted, titleOf } from "./words";

const T = ffiUtil.template;
const MOST_CONFLICTS = 200;
/** On a button, or in a question. */
const SHORT = 24;
const LONG = 300;

/** What two devices changed without knowing of each other; a tap shows both, and lets the other one count. */
export function showConflicts(ports: SdrPorts): void {
  showList({
    title: _("Changed on two devices at once"),
    empty: _("No two of your devices changed the same thing without knowing of each other."),
    rows: refresh =>
      ports.sdr.conflicts(MOST_CONFLICTS).map(conflict => ({
        text: T(_("%1: %2"), titleOf(conflict), whatWords(conflict)),
        callback: guarded(() => {
          decide(ports, conflict, refresh);
        }),
      })),
  });
}

function whatWords({ what }: SdrConflict): string {
  return what.kind === "field" ? fieldWords(what.name) : T(_("%1 of %2"), groupOf(what.group), quoted(what.text));
}

const groupOf = (group: "pos" | "sty" | "note"): string => {
  if (group === "note") return _("note");
  return group === "pos" ? _("limits") : _("colour or style");
};

function decide({ sdr, overview }: SdrPorts, conflict: SdrConflict, refresh: () => void): void {
  const { what, values } = conflict;
  const textOf = ({ text }: SdrConflictValue, longest: number): string => {
    const words = what.kind === "field" ? valueWords(what.name, text) : (text ?? _("nothing"));
    return excerpt(words, longest);
  };
  const lines = values.map(value => {
    const when = value.at === undefined ? "" : T(_(", %1"), shortDate(value.at, overview.now()));
    return T(_("%1%2:\n%3"), value.device, when, textOf(value, LONG));
  });
  const buttons = values.map((value, index): KOReader.Button[] => [
    {
      text: T(
        value.text === undefined ? _("Use %1, as on %2") : _("Use “%1” of %2"),
        textOf(value, SHORT),
        value.device,
      ),
      callback: guarded(() => {
        UIManager.close(dialog);
        sdr.settle(conflict, index);
        mention(_("It counts on all devices, from the next sync on."));
        refresh();
      }),
    },
  ]);
  const close = { text: _("Leave it as it is"), id: "close", callback: guarded(() => UIManager.close(dialog)) };
  const dialog: KOReader.Widget = ButtonDialog.new({
    title: `${titleOf(conflict)}\n${subjectWords(conflict)}\n\n${lines.join("\n\n")}\n\n${countsWords(conflict)}`,
    width_factor: 0.9,
    buttons: buttons.concat([[close]]),
  });
  UIManager.show(dialog);
}

function subjectWords({ what }: SdrConflict): string {
  if (what.kind === "field") return fieldWords(what.name);
  return T(_("%1: %2"), quoted(what.text), groupWords(what.group));
}

function countsWords({ what, values }: SdrConflict): string {
  if (what.kind === "annotation" && what.group === "note") return _("Your note holds all of them until you choose.");
  return T(_("The one of %1 counts now."), values[values.length - 1]?.device ?? "");
}
