import { isOpenRoad } from "../../core/addresses";
import type { CloudAccount } from "../../core/cloud-accounts";
import { type AddressProblem, normalizeAddress } from "../../core/connection";
import type { Result } from "../../core/result";
import { SDR_FOLDER, type SdrTarget } from "../../core/sdr-settings";
import { _ } from "../gettext";

/** A place in a WebDAV cloud. */
export type WebDavTarget = Extract<SdrTarget, { readonly kind: "webdav" }>;

const SLASH = "/";

const cleanParts = (path: string): string[] =>
  path.split(SLASH).filter(part => part !== "" && part !== "." && part !== "..");

/** Our folder below the one that the reader chose, unless that is ours. */
function ourFolder(path: string): string {
  const parts = cleanParts(path);
  if (parts[parts.length - 1] !== SDR_FOLDER) parts.push(SDR_FOLDER);
  return parts.join(SLASH);
}

export function targetOfAccount(account: Extract<CloudAccount, { readonly kind: "webdav" }>): WebDavTarget {
  const { name, url, user, password } = account;
  return { kind: "webdav", name, url, folder: ourFolder(account.folder), user, password };
}

export function targetOfFolder(path: string): SdrTarget {
  return { kind: "folder", path: `/${ourFolder(path)}` };
}

const PROBLEMS: Readonly<Record<AddressProblem, () => string>> = {
  empty: () =>
    _("Please enter the WebDAV address of your cloud, such as https://cloud.example.org/remote.php/dav/files/me"),
  scheme: () => _("The address must begin with http:// or https://"),
  host: () => _("The address lacks the name or number of the server."),
  login: () => _("The address must not hold a name or a password: there are fields for them."),
  port: () => _("The number after the colon (the port) must be between 1 and 65535."),
};

/** A cloud out of the house is spoken to with encryption, unless somebody wrote that it is not. */
function addressOf(typed: string): Result<string, AddressProblem> {
  const address = normalizeAddress(typed);
  const isOpen = address.ok && !typed.includes("://") && isOpenRoad(address.value);
  return isOpen ? normalizeAddress(`https://${typed}`) : address;
}

const hostOf = (url: string): string => url.slice(url.indexOf("://") + 3).split(SLASH)[0] ?? url;

/** What was typed into the form, as a target; or what is wrong with it. */
export function targetOfForm([address, folder, user, password]: readonly string[]): WebDavTarget | string {
  const url = addressOf(address ?? "");
  if (!url.ok) return PROBLEMS[url.failure]();
  return {
    kind: "webdav",
    name: hostOf(url.value),
    url: url.value,
    folder: folder === undefined || folder === "" ? SDR_FOLDER : cleanParts(folder).join(SLASH),
    user: user ?? "",
    password: password ?? "",
  };
}
