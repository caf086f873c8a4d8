import MultiInputDialog = require("ui/widget/multiinputdialog");
import UIManager = require("ui/uimanager");
import { isKnownPlace, placeOf } from "../core/addresses";
import { type AddressProblem, normalizeAddress } from "../core/connection";
import { guarded } from "../guard";
import type { NewConnection } from "../ports/overview";
import { _ } from "./gettext";
import { beforeTheKeyTravels } from "./key-questions";
import { confirm, say } from "./say";

/** What stands in the fields; `id` tells which connection is changed, absent for a new one. */
export type ServerForm = Partial<NewConnection> & {
  /** What it is called when no name is given. */
  readonly usualName?: string;
};

export const EMPTY_FORM: ServerForm = {};

const PROBLEMS: Readonly<Record<AddressProblem, () => string>> = {
  empty: () => _("Please enter the address of your library server, such as http://192.168.1.20:8080"),
  scheme: () => _("The address must begin with http:// or https://"),
  host: () => _("The address lacks the name or number of the server."),
  login: () => _("The address must not hold a name or a password: the key takes their place."),
  port: () => _("The number after the colon (the port) must be between 1 and 65535."),
};

/** What a form came to: a connection, a sentence about what is wrong with it, or a key that is missing for a new place. */
type Reading = { readonly connection: NewConnection } | { readonly problem: string } | { readonly strange: string };

function readForm([name, address, second, key]: readonly string[], before: ServerForm): Reading {
  const url = normalizeAddress(address ?? "");
  if (!url.ok) return { problem: PROBLEMS[url.failure]() };
  const outside = second === undefined || second === "" ? undefined : normalizeAddress(second);
  if (outside?.ok === false) return { problem: PROBLEMS[outside.failure]() };
  const shortKey = (key ?? "").split(" ").join("");
  if (shortKey === "") return { problem: _("Please enter the key that the server gave you for this device.") };
  const isStrange = before.url !== undefined && !isKnownPlace(placesOf(before), url.value);
  if (isStrange && shortKey === before.key) return { strange: url.value };
  const { usualName, outsideUrl: _oldSecond, headers = [], ...rest } = before;
  const hasSecond = outside !== undefined && placeOf(outside.value) !== placeOf(url.value);
  const connection: NewConnection = {
    kind: "tome",
    ...rest,
    name: name === undefined || name === "" ? (usualName ?? _("Home")) : name,
    url: url.value,
    ...(hasSecond ? { outsideUrl: outside.value } : {}),
    key: shortKey,
    // They may be as secret as the key.
    headers: isStrange ? [] : headers,
  };
  return { connection };
}

/** Where the key of a connection goes already. */
export function placesOf({ url, outsideUrl }: ServerForm): string[] {
  const places: string[] = [];
  if (url !== undefined) places.push(url);
  if (outsideUrl !== undefined) places.push(outsideUrl);
  return places;
}

/**
 * Asks for name, addresses and key. `save` gets what can be right; otherwise the form stays and says what is wrong. A key
 * never goes to another place than the one it was entered for: it is asked for again.
 * @param shown what stands in the fields at first, if not what is known
 */
export function askForServer(
  title: string,
  before: ServerForm,
  save: (connection: NewConnection) => void,
  shown = before,
): void {
  const close = () => {
    UIManager.close(dialog);
  };
  const again = (typed: ServerForm, known = before) => {
    askForServer(title, known, save, typed);
  };
  const check = () => {
    const typed = dialog.getFields();
    const reading = readForm(typed, before);
    if ("problem" in reading) return say(reading.problem);
    close();
    if ("strange" in reading) return askForKey(before, typed, again);
    const { connection } = reading;
    beforeTheKeyTravels(before, connection, () => save(connection), () => again(connection)); // prettier-ignore
  };
  const dialog = MultiInputDialog.new({
    title,
    fields: [
      { description: _("Name"), text: shown.name ?? "", hint: before.usualName ?? _("Home") },
      { description: _("Address"), text: shown.url ?? "", hint: "http://192.168.1.20:8080" },
      { description: _("Second address (outside home)"), text: shown.outsideUrl ?? "", hint: _("if it has one") },
      { description: _("Key of this device"), text: shown.key ?? "", hint: "tk_…" },
    ],
    buttons: [
      [
        { text: _("Cancel"), id: "close", callback: guarded(close) },
        { text: _("Save and test"), is_enter_default: true, callback: guarded(check) },
      ],
    ],
  });
  UIManager.show(dialog);
  dialog.onShowKeyboard();
}

/** The address leads elsewhere now: the form comes back with all that was typed, but for the key. */
function askForKey(
  before: ServerForm,
  [name = "", url = "", outsideUrl = ""]: readonly string[],
  again: (typed: ServerForm, known: ServerForm) => void,
): void {
  const { key: _oldKey, ...known } = before;
  const text = _(
    "This address leads to another place than before, and a key belongs to one server: it is not sent there.\n\nPlease enter the key once more, or the one that the other server gave you. Extra headers are left out.",
  );
  confirm(text, _("Enter the key"), _("Cancel"), () => {
    again({ name, url, outsideUrl }, known);
  });
}
