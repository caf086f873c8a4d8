import ffiUtil = require("ffi/util");
import Device = require("device");
import ButtonDialog = require("ui/widget/buttondialog");
import QRMessage = require("ui/widget/qrmessage");
import QRWidget = require("ui/widget/qrwidget");
import UIManager = require("ui/uimanager");
import { guarded } from "../guard";
import { _ } from "./gettext";

const T = ffiUtil.template;

/** The code, large enough to be read from across a desk, and where to enter it. */
export class CodeScreen {
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
