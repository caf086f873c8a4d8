import ffiUtil = require("ffi/util");
import MultiInputDialog = require("ui/widget/multiinputdialog");
import UIManager = require("ui/uimanager");
import { type Connection, normalizeAddress } from "../core/connection";
import type { Failure } from "../core/failure";
import type { Result } from "../core/result";
import { guarded } from "../guard";
import type { NewConnection } from "../ports/overview";
import type { PairedKey } from "../ports/pairing";
import { asking } from "./asking";
import { CodeScreen } from "./code-screen";
import { _ } from "./gettext";
import { beforeTheKeyTravels } from "./key-questions";
import type { Ports } from "./ports";
import { say } from "./say";
import { sentence } from "./words";

const T = ffiUtil.template;

/** Which connection gets the key: one that there is, or a new one. */
export type Pairable = Pick<Connection, "url" | "name"> & Partial<Connection>;

/** Asks for an address, then for a key there by a code. `connected` is told when the key is kept. */
export function connectWithCode(ports: Ports, connected: () => void = () => {}, typed = ""): void {
  const close = () => {
    UIManager.close(dialog);
  };
  const check = () => {
    const url = normalizeAddress(dialog.getFields()[0] ?? "");
    if (!url.ok) return say(_("Please enter the address of your library server, such as http://192.168.1.20:8080"));
    close();
    const wanted: NewConnection = { kind: "tome", name: _("Home"), url: url.value, key: "", headers: [] };
    const go = () => {
      pairWith(ports, wanted, connected);
    };
    beforeTheKeyTravels({}, wanted, go, () => connectWithCode(ports, connected, url.value));
  };
  const dialog = MultiInputDialog.new({
    title: _("Connect with a code"),
    fields: [{ description: _("Address"), text: typed, hint: "http://192.168.1.20:8080" }],
    buttons: [
      [
        { text: _("Cancel"), id: "close", callback: guarded(close) },
        { text: _("Continue"), is_enter_default: true, callback: guarded(check) },
      ],
    ],
  });
  UIManager.show(dialog);
  dialog.onShowKeyboard();
}

/** Lets this device in at a server by a code. What there is stays as it was until that has succeeded. */
export function pairWith(ports: Ports, before: Pairable, connected: () => void): void {
  let screen: CodeScreen | undefined;
  let firstCode: ((code: string | undefined) => void) | undefined;
  let stop = () => {};
  const finish = (result: Result<PairedKey, Failure>) => {
    screen?.close();
    firstCode?.(undefined);
    if (!result.ok) return say(sentence(result.failure.reason, before.name));
    const { key, account } = result.value;
    ports.actions.saveConnection({ kind: "tome", ...before, key });
    connected();
    say(welcome(before.name, account));
  };
  asking<string | undefined>(
    T(_("Asking %1 for a code…"), before.url),
    done => {
      firstCode = done;
      stop = ports.actions.pair(before.url, {
        shown: code => {
          if (screen !== undefined) return screen.renew(code);
          screen = new CodeScreen(before.url, () => {
            stop();
          });
          screen.renew(code);
          firstCode?.("shown");
        },
        done: result => finish(result),
      });
      return stop;
    },
    () => {},
  );
}

function welcome(name: string, account: string | undefined): string {
  if (account === undefined) return T(_("%1 has let this device in. That was all."), name);
  return T(_("%1 has let this device in, for %2. That was all."), name, account);
}
