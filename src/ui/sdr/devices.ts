import ffiUtil = require("ffi/util");
import InputDialog = require("ui/widget/inputdialog");
import UIManager = require("ui/uimanager");
import type { EpochSeconds } from "../../core/units";
import { guarded } from "../../guard";
import type { SdrDevice } from "../../ports/sdr-sync";
import { _ } from "../gettext";
import { confirm, say } from "../say";
import { agoOf } from "../words";
import { showList } from "./list";
import type { SdrPorts } from "./ports";

const T = ffiUtil.template;

/** The reader's devices; a tap renames this one, or retires another. */
export function showDevices(ports: SdrPorts): void {
  showList({
    title: _("Devices"),
    empty: _("No device has synced through this folder yet."),
    rows: refresh =>
      ports.sdr.devices().map(device => ({
        text: labelOf(device),
        mandatory: stateWords(device, ports.overview.now()),
        dim: device.isRetired,
        callback: guarded(() => {
          if (device.isThis) rename(ports, device, refresh);
          else offerRetirement(ports, device, refresh);
        }),
      })),
  });
}

const labelOf = ({ label }: SdrDevice): string => (label === "" ? _("Unnamed device") : label);

function stateWords({ isThis, isRetired, lastSeen }: SdrDevice, now: EpochSeconds): string {
  if (isThis) return _("this device");
  if (isRetired) return _("retired");
  return lastSeen === undefined ? _("not heard of yet") : agoOf(lastSeen, now);
}

function rename({ sdr }: SdrPorts, device: SdrDevice, refresh: () => void): void {
  const close = () => {
    UIManager.close(dialog);
  };
  const save = () => {
    const label = dialog.getInputText();
    if (label === "") return;
    close();
    sdr.renameThis(label);
    refresh();
  };
  const dialog = InputDialog.new({
    title: _("Name of this device"),
    input: device.label,
    description: _("Your other devices show it under this name, and so do your library servers."),
    buttons: [
      [
        { text: _("Cancel"), id: "close", callback: guarded(close) },
        { text: _("Save"), is_enter_default: true, callback: guarded(save) },
      ],
    ],
  });
  UIManager.show(dialog);
  dialog.onShowKeyboard();
}

function offerRetirement({ sdr, overview }: SdrPorts, device: SdrDevice, refresh: () => void): void {
  const name = labelOf(device);
  if (device.isRetired) {
    return say(
      T(_("%1 is retired: what it wrote is kept by this device. Should it ever sync again, it is back."), name),
    );
  }
  const seen =
    device.lastSeen === undefined
      ? _("Nothing came from it yet.")
      : T(_("Last heard of: %1."), agoOf(device.lastSeen, overview.now()));
  const text = _(
    "%1\n%2\n\nRetire it if you do not have it any more. Nothing is lost: what it wrote is kept by this device, and its files leave the folder with the next syncs.",
  );
  confirm(T(text, name, seen), _("Retire"), _("Cancel"), () => {
    sdr.retire(device.id);
    refresh();
  });
}
