import { authorityOf, type Url } from "../../core/http/url";
import { cut } from "../../core/http/text";
import { percentDecode } from "../../core/percent";

/** Where an href leads, its encoding undone. */
export interface Place {
  /** Host and port, in lower case; empty where the href has only a path. */
  readonly host: string;
  /** The folder that it is in, with a slash at both ends. */
  readonly folder: string;
  /** Empty for the root of the server. */
  readonly name: string;
}

/** Without a slash at its end, and no two of them in a row. */
function plain(path: string): string {
  let text = path;
  while (text.includes("//")) text = text.split("//").join("/");
  return text.endsWith("/") ? text.slice(0, text.length - 1) : text;
}

function placeOf(host: string, path: string): Place {
  const whole = plain(percentDecode(path));
  const parts = whole.split("/");
  const name = parts[parts.length - 1] ?? "";
  const folder = whole.slice(0, whole.length - name.length);
  return { host, folder: folder === "" ? "/" : folder, name };
}

/** Any scheme will do: behind a proxy that adds TLS a server believes itself to be plain http. */
export function readHref(href: string): Place {
  const [path = ""] = cut(cut(href, "#")[0], "?");
  const [before, after] = cut(path, "://");
  if (after === undefined || before.includes("/")) return placeOf("", path);
  const [host, rest] = cut(after, "/");
  return placeOf(host.toLowerCase(), `/${rest ?? ""}`);
}

/** Of an address that requests go to. */
export function placeOfUrl(url: Url): Place {
  return placeOf(authorityOf(url), cut(url.target, "?")[0]);
}
