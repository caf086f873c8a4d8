import ffiUtil = require("ffi/util");
import ButtonDialog = require("ui/widget/buttondialog");
import UIManager = require("ui/uimanager");
import type { SdrTarget } from "../../core/sdr-settings";
import { guarded } from "../../guard";
import type { SdrTested } from "../../ports/sdr-sync";
import { _ } from "../gettext";
import { confirm, say } from "../say";
import type { SdrPorts } from "./ports";
import { placeAddress, placeName } from "./reasons";
import { setUp } from "./set-up";
import { tryTarget } from "./try-target";

const T = ffiUtil.template;

interface FolderChanged {
  /** Another folder, password or certificate. */
  chosen(this: void): void;
  switchedOff(this: void): void;
}

/** The folder through which this device syncs, and what can be done about it. */
export function showFolder(ports: SdrPorts, changed: FolderChanged): void {
  const { target } = ports.sdr.status();
  if (target === undefined) return setUp(ports, changed.chosen);
  const button = (text: string, action: () => void): KOReader.Button => ({
    text,
    callback: guarded(() => {
      UIManager.close(dialog);
      action();
    }),
  });
  const dialog: KOReader.Widget = ButtonDialog.new({
    title: storyOf(target),
    width_factor: 0.9,
    buttons: [
      [button(_("Test"), () => testFolder(ports, target, changed))],
      [button(_("Another folder…"), () => setUp(ports, changed.chosen))],
      [button(_("Stop syncing…"), () => offerToStop(ports, changed))],
      [{ ...button(_("Close"), () => {}), id: "close" }],
    ],
  });
  UIManager.show(dialog);
}

function storyOf(target: SdrTarget): string {
  if (target.kind === "folder") {
    return T(_("A folder on this device:\n%1\n\nYour own program carries it to your other devices."), target.path);
  }
  const user = target.user === "" ? _("No user name.") : T(_("User name: %1"), target.user);
  return `${target.name}\n${placeAddress(target)}\n${user}`;
}

/** A new certificate that the reader trusts now is kept, too. */
function testFolder(ports: SdrPorts, target: SdrTarget, changed: FolderChanged): void {
  tryTarget(ports, target, {
    found: (agreed, tested) => {
      if (agreed !== target) ports.sdr.choose(agreed);
      say(testedWords(agreed, tested));
    },
    change: () => {
      setUp(ports, changed.chosen);
    },
  });
}

function testedWords(target: SdrTarget, { devices, files, others }: SdrTested): string {
  const deviceWords = T(_.ngettext("1 device", "%1 devices", devices), devices);
  const fileWords = T(_.ngettext("1 file", "%1 files", files), files);
  const text = T(_("%1 can be used. In the folder: %2 of %3."), placeName(target), fileWords, deviceWords);
  if (others === 0) return text;
  const more = _.ngettext("1 other thing in it is left alone.", "%1 other things in it are left alone.", others);
  return `${text}\n\n${T(more, others)}`;
}

function offerToStop({ sdr }: SdrPorts, changed: FolderChanged): void {
  const text = _(
    "Stop syncing on this device? Your books stay as they are, and so does the folder. What changes meanwhile is synced when you begin again.",
  );
  confirm(text, _("Stop syncing"), _("Go on"), () => {
    sdr.switchOff();
    changed.switchedOff();
  });
}
