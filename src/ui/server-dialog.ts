import _ = require("gettext");
import InfoMessage = require("ui/widget/infomessage");
import MultiInputDialog = require("ui/widget/multiinputdialog");
import UIManager = require("ui/uimanager");
import { type AddressProblem, type Connection, normalizeAddress } from "../core/connection";
import type { ConnectionId } from "../core/outbox";
import { guarded } from "../guard";
import type { Actions } from "../ports/actions";
import type { Overview } from "../ports/overview";
import { testConnection } from "./test-connection";

const PROBLEMS: Readonly<Record<AddressProblem, () => string>> = {
  empty: () => _("Please enter the address of your library server, such as http://192.168.1.20:8080"),
  scheme: () => _("The address must begin with http:// or https://"),
  host: () => _("The address lacks the name or number of the server."),
};

/** What was typed, as a connection; or what is wrong with it, in a sentence. */
function readForm(typed: readonly string[], before: Connection | undefined): Connection | string {
  const [name, address, key] = typed;
  const url = normalizeAddress(address ?? "");
  if (!url.ok) return PROBLEMS[url.failure]();
  if (key === undefined || key === "") return _("Please enter the key that the server gave you for this device.");
  return {
    id: before?.id ?? ("main" as ConnectionId),
    kind: "tome",
    name: name === undefined || name === "" ? _("Home") : name,
    url: url.value,
    key,
  };
}

/** Asks for name, address and key, keeps them and tests them. Nothing changes when what was typed cannot be right. */
export function editServer(overview: Overview, actions: Actions, done: () => void): void {
  const before = overview.connections()[0]?.connection;
  const close = () => {
    UIManager.close(dialog);
  };
  const save = () => {
    const connection = readForm(dialog.getFields(), before);
    if (typeof connection === "string") {
      UIManager.show(InfoMessage.new({ text: connection }));
      return;
    }
    close();
    actions.saveConnection(connection);
    testConnection(connection, actions, done);
    done();
  };
  const dialog = MultiInputDialog.new({
    title: _("Library server"),
    fields: [
      { description: _("Name"), text: before?.name ?? "", hint: _("Home") },
      { description: _("Address"), text: before?.url ?? "", hint: "http://192.168.1.20:8080" },
      { description: _("Key of this device"), text: before?.key ?? "", hint: "tk_…" },
    ],
    buttons: [
      [
        { text: _("Cancel"), id: "close", callback: guarded(close) },
        { text: _("Save and test"), is_enter_default: true, callback: guarded(save) },
      ],
    ],
  });
  UIManager.show(dialog);
  dialog.onShowKeyboard();
}
