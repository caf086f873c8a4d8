import ffiUtil = require("ffi/util");
import ButtonDialog = require("ui/widget/buttondialog");
import PathChooser = require("ui/widget/pathchooser");
import UIManager = require("ui/uimanager");
import type { CloudAccount } from "../../core/cloud-accounts";
import type { SdrTarget } from "../../core/sdr-settings";
import { guarded } from "../../guard";
import type { SdrTested } from "../../ports/sdr-sync";
import { _ } from "../gettext";
import { confirm } from "../say";
import { showList } from "./list";
import type { SdrPorts } from "./ports";
import { placeAddress, placeName } from "./reasons";
import { targetOfAccount, targetOfFolder, type WebDavTarget } from "./targets";
import { tryTarget } from "./try-target";
import { askForCloud } from "./web-dav-dialog";

const T = ffiUtil.template;
/** More would not fit below the words. */
const MOST_BUTTONS = 4;

type WebDavAccount = Extract<CloudAccount, { readonly kind: "webdav" }>;

/** From nothing to a folder that was tested and chosen: three taps where KOReader knows the cloud already. */
export function setUp(ports: SdrPorts, chosen: () => void): void {
  const accounts = ports.sdr.accounts();
  const usable = accounts.filter(account => account.kind === "webdav");
  const button = (text: string, action: () => void): KOReader.Button => ({
    text,
    callback: guarded(() => {
      UIManager.close(dialog);
      action();
    }),
  });
  const rows = usable
    .slice(0, MOST_BUTTONS)
    .map(account => [button(account.name, () => tryPlace(ports, targetOfAccount(account), chosen))]);
  if (usable.length > MOST_BUTTONS) rows.push([button(_("More of them…"), () => showAll(ports, usable, chosen))]);
  const dialog: KOReader.Widget = ButtonDialog.new({
    title: introduction(accounts.length > usable.length),
    width_factor: 0.9,
    buttons: rows.concat([
      [button(_("Another WebDAV cloud…"), () => enterCloud(ports, undefined, chosen))],
      [button(_("A folder on this device…"), () => chooseFolder(ports, chosen))],
      [{ ...button(_("Cancel"), () => {}), id: "close" }],
    ]),
  });
  UIManager.show(dialog);
}

function introduction(hasOthers: boolean): string {
  const text = _(
    "Your highlights, notes, bookmarks, ratings and reading status, the same on all your devices: through a folder in a cloud of your own. No other server is needed.\n\nWhere may Ribbon make its folder?",
  );
  return hasOthers ? `${text}\n\n${_("Of KOReader's cloud storage, Dropbox and FTP cannot be used yet.")}` : text;
}

function showAll(ports: SdrPorts, accounts: readonly WebDavAccount[], chosen: () => void): void {
  showList({
    title: _("Your clouds"),
    rows: () =>
      accounts.map(account => ({
        text: account.name,
        mandatory: account.url,
        callback: guarded(() => {
          tryPlace(ports, targetOfAccount(account), chosen);
        }),
      })),
  });
}

function enterCloud(ports: SdrPorts, before: WebDavTarget | undefined, chosen: () => void): void {
  askForCloud(before, target => {
    tryPlace(ports, target, chosen);
  });
}

/** Syncthing's folder, a mounted server, a card. */
function chooseFolder(ports: SdrPorts, chosen: () => void): void {
  const home = G_reader_settings.readSetting("home_dir");
  UIManager.show(
    PathChooser.new({
      title: _("Hold a folder to choose it"),
      select_file: false,
      show_files: false,
      ...(typeof home === "string" ? { path: home } : {}),
      onConfirm: guarded((path: string) => {
        tryPlace(ports, targetOfFolder(path), chosen);
      }),
    }),
  );
}

/** Tests a place, says what is there, and takes it when the reader wants to begin. */
function tryPlace(ports: SdrPorts, target: SdrTarget, chosen: () => void): void {
  tryTarget(ports, target, {
    found: (agreed, tested) => {
      confirm(foundWords(agreed, tested), _("Begin"), _("Cancel"), () => {
        ports.sdr.choose(agreed);
        chosen();
      });
    },
    change: () => {
      if (target.kind === "webdav") enterCloud(ports, target, chosen);
      else chooseFolder(ports, chosen);
    },
  });
}

function foundWords(target: SdrTarget, { devices, others }: SdrTested): string {
  const first = _("Nothing of Ribbon's is there yet: what you marked on this device goes there first.");
  const next = _.ngettext(
    "1 device syncs through it already. You will see what would change here before anything does, and a first sync deletes nothing.",
    "%1 devices sync through it already. You will see what would change here before anything does, and a first sync deletes nothing.",
    devices,
  );
  const parts = [
    T(_("The folder on %1 can be used:\n%2"), placeName(target), placeAddress(target)),
    devices === 0 ? first : T(next, devices),
  ];
  if (others > 0) {
    const text = _.ngettext("1 other thing in it is left alone.", "%1 other things in it are left alone.", others);
    parts.push(T(text, others));
  }
  return parts.join("\n\n");
}
