import { cut } from "./http/text";
import { percentDecode } from "./percent";

/** A place in KOReader's own cloud storage, copied. */
export type CloudAccount =
  | {
      readonly kind: "webdav";
      readonly name: string;
      /** With the scheme; without a name and password before the host. */
      readonly url: string;
      /** Below it, where the reader begins to look; not encoded, without a slash at either end. */
      readonly folder: string;
      readonly user: string;
      readonly password: string;
    }
  /** One that Ribbon cannot use yet. */
  | { readonly kind: "dropbox" | "ftp" | "other"; readonly name: string };

/** More than anybody has. */
const MOST_ACCOUNTS = 50;
const LONGEST_TEXT = 2048;

type Fields = Readonly<Record<string, unknown>>;

function textOf(value: unknown): string {
  return typeof value === "string" && value.length <= LONGEST_TEXT ? value : "";
}

function withoutSlashes(path: string): string {
  return path
    .split("/")
    .filter(part => part !== "")
    .join("/");
}

/** The name and password that an address holds; what is entered beside it counts for more, as it does in KOReader. */
function splitSecrets(address: string): { url: string; user: string; password: string } {
  const [scheme, rest = ""] = cut(address, "://");
  const [authority, path] = cut(rest, "/");
  const parts = authority.split("@");
  const host = parts[parts.length - 1] ?? "";
  const [user, password] = cut(parts.slice(0, parts.length - 1).join("@"), ":");
  const url = `${scheme}://${host}${path === undefined ? "" : `/${path}`}`;
  return { url, user: percentDecode(user), password: password ?? "" };
}

function webDavOf(fields: Fields, name: string): CloudAccount | undefined {
  const address = textOf(fields["address"]);
  if (!address.toLowerCase().startsWith("http://") && !address.toLowerCase().startsWith("https://")) return undefined;
  const { url, ...inside } = splitSecrets(address);
  const user = textOf(fields["username"]);
  const secret = user === "" ? inside : { user, password: textOf(fields["password"]) };
  return {
    kind: "webdav",
    name: name === "" ? url : name,
    url,
    folder: withoutSlashes(textOf(fields["url"])),
    user: secret.user,
    // LuaSocket undoes percent-encoding before it sends a password: what works there is what came of that.
    password: percentDecode(secret.password),
  };
}

function accountOf(entry: unknown): CloudAccount | undefined {
  const fields = typeof entry === "object" ? (entry as Fields) : {};
  const type = textOf(fields["type"]);
  const name = textOf(fields["name"]);
  if (type === "webdav") return webDavOf(fields, name);
  if (type === "dropbox" || type === "ftp") return { kind: type, name: name === "" ? type : name };
  return type === "" ? undefined : { kind: "other", name: name === "" ? type : name };
}

/**
 * `cs_servers` of `settings/cloudstorage.lua`, which is the same in both generations of KOReader's cloud storage: up to v2026.03
 * an app, from v2026.07 on a plugin, which adds fields. What makes no sense is passed over.
 */
export function cloudAccountsOf(stored: unknown): CloudAccount[] {
  const accounts: CloudAccount[] = [];
  if (typeof stored !== "object") return accounts;
  for (const entry of stored as unknown[]) {
    const account = accountOf(entry);
    if (account !== undefined && accounts.length < MOST_ACCOUNTS) accounts.push(account);
  }
  return accounts;
}
