import ffiUtil = require("ffi/util");
import ButtonDialog = require("ui/widget/buttondialog");
import UIManager = require("ui/uimanager");
import { guarded } from "../../guard";
import { _ } from "../gettext";
import type { SdrPorts } from "./ports";
import { placeAddress, placeName } from "./reasons";

const T = ffiUtil.template;

interface EmptiedChoice {
  chooseAnother(this: void): void;
  publishAgain(this: void): void;
}

/** Nothing is left of what the devices wrote: the wrong folder, or somebody has cleared it. */
export function askAboutEmptied({ sdr }: SdrPorts, choice: EmptiedChoice): void {
  const { target } = sdr.status();
  const button = (text: string, action: () => void): KOReader.Button => ({
    text,
    callback: guarded(() => {
      UIManager.close(dialog);
      action();
    }),
  });
  const text = _(
    "What your devices had put into the folder on %1 is gone, all of it:\n%2\n\nIs it still the right folder, and is it all there? Nothing was deleted on this device, and nothing is synced until you choose.",
  );
  const dialog: KOReader.Widget = ButtonDialog.new({
    title: T(text, placeName(target), target === undefined ? "" : placeAddress(target)),
    width_factor: 0.9,
    buttons: [
      [button(_("Choose another folder…"), () => choice.chooseAnother())],
      [button(_("Fill it again from this device"), () => choice.publishAgain())],
      [{ ...button(_("Later"), () => {}), id: "close" }],
    ],
  });
  UIManager.show(dialog);
}
