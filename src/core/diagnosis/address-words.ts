import { isPrivateHost } from "../http/private-address";
import { parseIp } from "../http/ip-address";
import { parseUrl } from "../http/url";

/** What of an address can be posted: "https, port 8443, a name at home, path of 2". */
export function addressWords(url: string): string {
  const parsed = parseUrl(url);
  if (!parsed.ok) return "an address that cannot be read";
  const { scheme, host, port, target } = parsed.value;
  const depth = target.split("/").filter(part => part !== "").length;
  return `${scheme}, port ${port}, ${hostWords(host)}, path of ${depth}`;
}

function hostWords(host: string): string {
  const isNumber = parseIp(host) !== undefined;
  if (host === "localhost" || host === "127.0.0.1" || host === "::1") return "this device itself";
  if (isPrivateHost(host)) return isNumber ? "an address of a home network" : "a name of a home network";
  return isNumber ? "a public address" : "a public name";
}
