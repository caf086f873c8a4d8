import ffiUtil = require("ffi/util");
import Menu = require("ui/widget/menu");
import MultiInputDialog = require("ui/widget/multiinputdialog");
import UIManager = require("ui/uimanager");
import type { Connection } from "../core/connection";
import {
  checkHeader,
  type ExtraHeader,
  type HeaderProblem,
  masked,
  MOST_HEADERS,
  putHeader,
} from "../core/extra-headers";
import { guarded } from "../guard";
import { _ } from "./gettext";
import type { Ports } from "./ports";
import { say } from "./say";

const T = ffiUtil.template;

// %1 is the most that there may be.
const PROBLEMS: Readonly<Record<HeaderProblem, () => string>> = {
  name: () => _("The name of a header has only letters, digits and hyphens, such as CF-Access-Client-Id"),
  reserved: () => _("Ribbon or the connection sets this header itself."),
  value: () => _("Please enter the value: ordinary characters in one line."),
  long: () => _("That is longer than a header may be."),
  many: () => _("There can be %1 headers at most."),
  twice: () => _("There is a header with this name already."),
};

/** What a proxy before the server wants to see, one row for each header; values are shown by their end only. */
export function showHeaders(ports: Ports, connection: Connection, changed: () => void): void {
  const headersNow = () => current(ports, connection).headers ?? [];
  const list = Menu.new({
    title: T(_("Extra headers for %1"), connection.name),
    subtitle: _("For a proxy such as Cloudflare Access"),
    item_table: rows(headersNow(), header => edit(header)),
    is_popout: false,
    is_borderless: true,
    covers_fullscreen: true,
    onMenuSelect: item => {
      item.callback?.();
    },
  });
  const keep = (headers: readonly ExtraHeader[]) => {
    ports.actions.saveConnection({ ...current(ports, connection), headers });
    list.switchItemTable(
      undefined,
      rows(headersNow(), header => edit(header)),
      -1,
    );
    changed();
  };
  const edit = (header: ExtraHeader | undefined) => {
    askForHeader(headersNow(), header, keep);
  };
  UIManager.show(list);
}

/** As it stands in the settings now. */
function current({ overview }: Ports, connection: Connection): Connection {
  return overview.connections().find(state => state.connection.id === connection.id)?.connection ?? connection;
}

function rows(headers: readonly ExtraHeader[], edit: (header: ExtraHeader | undefined) => void): KOReader.ListItem[] {
  const known = headers.map((header): KOReader.ListItem => ({
    text: header.name,
    mandatory: masked(header.value),
    callback: guarded(() => {
      edit(header);
    }),
  }));
  const add = guarded(() => {
    edit(undefined);
  });
  return known.concat([{ text: _("Add a header…"), callback: add }]);
}

/** @param before the header that is changed; absent for a new one */
function askForHeader(
  headers: readonly ExtraHeader[],
  before: ExtraHeader | undefined,
  keep: (headers: readonly ExtraHeader[]) => void,
): void {
  const close = () => {
    UIManager.close(dialog);
  };
  const save = () => {
    const [name = "", value = ""] = dialog.getFields();
    const header = checkHeader(name, value);
    const all = header.ok ? putHeader(headers, header.value, before?.name) : header;
    if (!all.ok) return say(T(PROBLEMS[all.failure](), MOST_HEADERS));
    close();
    keep(all.value);
  };
  const remove = () => {
    close();
    keep(headers.filter(header => header !== before));
  };
  const buttons: KOReader.Button[] = [
    { text: _("Cancel"), id: "close", callback: guarded(close) },
    { text: _("Save"), is_enter_default: true, callback: guarded(save) },
  ];
  if (before !== undefined) buttons.unshift({ text: _("Remove"), callback: guarded(remove) });
  const dialog = MultiInputDialog.new({
    title: before === undefined ? _("Add a header") : _("Change this header"),
    fields: [
      { description: _("Name"), text: before?.name ?? "", hint: "CF-Access-Client-Id" },
      { description: _("Value"), text: before?.value ?? "" },
    ],
    buttons: [buttons],
  });
  UIManager.show(dialog);
  dialog.onShowKeyboard();
}
