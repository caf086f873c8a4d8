import ffiUtil = require("ffi/util");
import InfoMessage = require("ui/widget/infomessage");
import UIManager = require("ui/uimanager");
import { VERSION } from "../version";
import { _ } from "./gettext";

export function showAbout(): void {
  const text = ffiUtil.template(
    _(
      "Ribbon %1\n\nKeeps your place and your reading sessions in step with the library server that you already have.\n\nIt works in the background and never switches Wi-Fi on, unless you tap or have chosen it.",
    ),
    VERSION,
  );
  UIManager.show(InfoMessage.new({ text }));
}
