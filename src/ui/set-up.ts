import ffiUtil = require("ffi/util");
import ConfirmBox = require("ui/widget/confirmbox");
import UIManager = require("ui/uimanager");
import { guarded } from "../guard";
import { _ } from "./gettext";
import type { Ports } from "./ports";
import { connectWithCode } from "./quick-connect";
import { EMPTY_FORM } from "./server-dialog";
import { editServer } from "./server-test";

const T = ffiUtil.template;

/** From nothing to a server that was tested. */
export function setUp(ports: Ports): void {
  const form = () => {
    editServer(ports, _("Your library server"), EMPTY_FORM, {
      success: ({ name }) =>
        T(
          _(
            "%1 answers and accepts the key. That was all.\n\nRead on: your place and your time reach it by themselves.",
          ),
          name,
        ),
      changed: () => {},
    });
  };
  UIManager.show(
    ConfirmBox.new({
      text: _(
        "Ribbon keeps your place and your reading time in step with your library server.\n\nYou need the server's address, and a key that you made for this device on its web pages.",
      ),
      icon: "notice-info",
      ok_text: _("Continue"),
      cancel_text: _("Cancel"),
      ok_callback: guarded(form),
    }),
  );
}

export function connectItem(ports: Ports): KOReader.MenuItem {
  return {
    text: _("Connect with a code…"),
    help_text: _("Shows a code that you enter on your library server's page. No key needs to be typed."),
    callback: () => {
      connectWithCode(ports);
    },
  };
}

/** All that the menu has while there is no server. */
export function setUpItem(ports: Ports): KOReader.MenuItem {
  return {
    text: _("Set up Ribbon…"),
    help_text: _("Asks for the address of your library server and your key, and tries them. Nothing changes before."),
    callback: () => {
      setUp(ports);
    },
  };
}
