import _ = require("gettext");
import MultiInputDialog = require("ui/widget/multiinputdialog");
import UIManager = require("ui/uimanager");
import { type AddressProblem, normalizeAddress } from "../core/connection";
import { guarded } from "../guard";
import type { NewConnection } from "../ports/overview";
import { say } from "./say";

/** What stands in the fields; `id` tells which connection is changed, absent for a new one. */
export type ServerForm = Partial<NewConnection> & {
  /** What it is called when no name is given. */
  readonly usualName?: string;
};

export const EMPTY_FORM: ServerForm = {};

const PROBLEMS: Readonly<Record<AddressProblem, () => string>> = {
  empty: () => _("Please enter the address of your library server, such as http://192.168.1.20:8080"),
  scheme: () => _("The address must begin with http:// or https://"),
  host: () => _("The address lacks the name or number of the server."),
};

/** What was typed, as a connection; or what is wrong with it, in a sentence. */
function readForm(typed: readonly string[], { usualName, ...before }: ServerForm): NewConnection | string {
  const [name, address, key] = typed;
  const url = normalizeAddress(address ?? "");
  if (!url.ok) return PROBLEMS[url.failure]();
  const shortKey = (key ?? "").split(" ").join("");
  if (shortKey === "") return _("Please enter the key that the server gave you for this device.");
  const shownName = name === undefined || name === "" ? (usualName ?? _("Home")) : name;
  return { kind: "tome", ...before, name: shownName, url: url.value, key: shortKey };
}

/** Asks for name, address and key. `save` gets what can be right; otherwise the form stays and says what is wrong. */
export function askForServer(title: string, before: ServerForm, save: (connection: NewConnection) => void): void {
  const close = () => {
    UIManager.close(dialog);
  };
  const check = () => {
    const connection = readForm(dialog.getFields(), before);
    if (typeof connection === "string") return say(connection);
    close();
    save(connection);
  };
  const dialog = MultiInputDialog.new({
    title,
    fields: [
      { description: _("Name"), text: before.name ?? "", hint: before.usualName ?? _("Home") },
      { description: _("Address"), text: before.url ?? "", hint: "http://192.168.1.20:8080" },
      { description: _("Key of this device"), text: before.key ?? "", hint: "tk_…" },
    ],
    buttons: [
      [
        { text: _("Cancel"), id: "close", callback: guarded(close) },
        { text: _("Save and test"), is_enter_default: true, callback: guarded(check) },
      ],
    ],
  });
  UIManager.show(dialog);
  dialog.onShowKeyboard();
}
