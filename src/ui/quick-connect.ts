import _ = require("gettext");
import ffiUtil = require("ffi/util");
import Device = require("device");
import ButtonDialog = require("ui/widget/buttondialog");
import MultiInputDialog = require("ui/widget/multiinputdialog");
import QRMessage = require("ui/widget/qrmessage");
import QRWidget = require("ui/widget/qrwidget");
import UIManager = require("ui/uimanager");
import { type Connection, normalizeAddress } from "../core/connection";
import type { Failure } from "../core/failure";
import type { Result } from "../core/result";
import { guarded } from "../guard";
import type { PairedKey } from "../ports/pairing";
import { asking } from "./asking";
import type { Ports } from "./ports";
import { say } from "./say";
import { sentence } from "./words";

const T = ffiUtil.template;

/** Which connection gets the key: one that there is, or a new one. */
export type Pairable = Pick<Connection, "url" | "name"> & Partial<Connection>;

/** Asks for an address, then for a key there by a code. `connected` is told when the key is kept. */
export function connectWithCode(ports: Ports, connected: () => void = () => {}): void {
  const close = () => {
    UIManager.close(dialog);
  };
  const check = () => {
    const url = normalizeAddress(dialog.getFields()[0] ?? "");
    if (!url.ok) return say(_("Please enter the address of your library server, such as http://192.168.1.20:8080"));
    close();
    pairWith(ports, { name: _("Home"), url: url.value }, connected);
  };
  const dialog = MultiInputDialog.new({
    title: _("Connect with a code"),
    fields: [{ description: _("Address"), text: "", hint: "http://192.168.1.20:8080" }],
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

/** The code, large enough to be read from across a desk, and where to enter it. */
class CodeScreen {
  private dialog: KOReader.ButtonDialog | undefined;

  constructor(
    private readonly url: string,
    private readonly cancelled: () => void,
  ) {}

  /** Shows a code, in the place of the one before. */
  renew(code: string): void {
    this.close();
    const link = `${this.url}/connect?code=${code}`;
    const dialog = ButtonDialog.new({
      title: T(
        _("Code: %1\n\nOpen %2 on a phone or computer, sign in, and enter the code there. Or scan this:"),
        spaced(code),
        `${this.url}/connect`,
      ),
      title_align: "center",
      buttons: this.buttons(link),
      tap_close_callback: guarded(() => {
        this.cancelled();
      }),
    });
    const size = Math.floor(Math.min(Device.screen.getWidth(), Device.screen.getHeight()) / 2);
    dialog.addWidget?.(QRWidget.new({ text: link, width: size, height: size }));
    this.dialog = dialog;
    UIManager.show(dialog);
  }

  close(): void {
    if (this.dialog !== undefined) UIManager.close(this.dialog);
    this.dialog = undefined;
  }

  /** Before v2025.10 a dialog takes no picture: there the code to scan is one tap away. */
  private buttons(link: string): KOReader.Button[][] {
    const width = Device.screen.getWidth();
    const larger = guarded(() => {
      UIManager.show(QRMessage.new({ text: link, width, height: width }));
    });
    const cancel = guarded(() => {
      this.close();
      this.cancelled();
    });
    return [
      [{ text: _("Larger code to scan"), callback: larger }],
      [{ text: _("Cancel"), id: "close", callback: cancel }],
    ];
  }
}

/** ABC234 → ABC 234 */
function spaced(code: string): string {
  return `${code.slice(0, 3)} ${code.slice(3)}`;
}
