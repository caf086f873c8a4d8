import MultiInputDialog = require("ui/widget/multiinputdialog");
import UIManager = require("ui/uimanager");
import { isKnownPlace } from "../../core/addresses";
import { SDR_FOLDER } from "../../core/sdr-settings";
import { guarded } from "../../guard";
import { _ } from "../gettext";
import { say } from "../say";
import { targetOfForm, type WebDavTarget } from "./targets";

/** Asks for a place in a WebDAV cloud. A password that is known goes to no other place than it was entered for. */
export function askForCloud(before: WebDavTarget | undefined, chosen: (target: WebDavTarget) => void): void {
  const close = () => {
    UIManager.close(dialog);
  };
  const check = () => {
    const typed = targetOfForm(dialog.getFields());
    if (typeof typed === "string") return say(typed);
    close();
    const { pin: _pin, mayTravelOpenly: _open, ...known } = before ?? typed;
    const isStrange = before !== undefined && !isKnownPlace([before.url], typed.url);
    if (isStrange && typed.password !== "" && typed.password === known.password) return askAgain(typed, chosen);
    chosen(isStrange ? typed : { ...before, ...typed, name: nameOf(before, typed) });
  };
  const dialog = MultiInputDialog.new({
    title: _("Your WebDAV cloud"),
    fields: [
      {
        description: _("Address"),
        text: before?.url ?? "",
        hint: "https://cloud.example.org/remote.php/dav/files/me",
      },
      { description: _("Folder"), text: before?.folder ?? SDR_FOLDER, hint: SDR_FOLDER },
      { description: _("User name"), text: before?.user ?? "", hint: "" },
      { description: _("Password"), text: before?.password ?? "", hint: "", text_type: "password" },
    ],
    buttons: [
      [
        { text: _("Cancel"), id: "close", callback: guarded(close) },
        { text: _("Test"), is_enter_default: true, callback: guarded(check) },
      ],
    ],
  });
  UIManager.show(dialog);
  dialog.onShowKeyboard();
}

/** An account keeps the name that the reader gave it. */
const nameOf = (before: WebDavTarget | undefined, typed: WebDavTarget): string =>
  before !== undefined && before.url === typed.url ? before.name : typed.name;

function askAgain(typed: WebDavTarget, chosen: (target: WebDavTarget) => void): void {
  askForCloud({ ...typed, password: "" }, chosen);
  say(_("This address leads to another place than before: please enter the password that belongs to it."));
}
