import type { Connection } from "./connection";
import { isPrivateHost } from "./http/private-address";
import { originOf, parseUrl } from "./http/url";

/** One way to a server, and the certificate that the reader trusts there. */
export interface Address {
  readonly url: string;
  readonly pin?: string;
}

/** Scheme, host and port, however they are written; a path is no other place. */
export function placeOf(url: string): string {
  const parsed = parseUrl(url);
  return parsed.ok ? originOf(parsed.value) : url;
}

/** The addresses of a connection, in the order in which they are tried: `first` comes first, if it is one of them. */
export function addressesOf({ url, outsideUrl, pins = [] }: Connection, first?: string): Address[] {
  const urls = outsideUrl === undefined ? [url] : [url, outsideUrl];
  const inOrder = first === outsideUrl ? urls.slice().reverse() : urls;
  return inOrder.map(each => {
    const pin = pins.find(({ place }) => place === placeOf(each))?.fingerprint;
    return pin === undefined ? { url: each } : { url: each, pin };
  });
}

/** Whether a place is known already, or is a known one with TLS added. Another port is another program, perhaps somebody else's. */
export function isKnownPlace(known: readonly string[], url: string): boolean {
  const places = known.map(each => placeOf(each));
  const place = placeOf(url);
  if (places.includes(place)) return true;
  return place.startsWith("https://") && places.includes(`http://${place.slice("https://".length)}`);
}

/** Whether whoever stands between could read what is sent: plain http that leaves the house. */
export function isOpenRoad(url: string): boolean {
  const parsed = parseUrl(url);
  return parsed.ok && parsed.value.scheme === "http" && !isPrivateHost(parsed.value.host);
}

/** The connection with a certificate that the reader compared; nothing takes back what was trusted there. */
export function withPin<Known extends Pick<Connection, "pins">>(
  connection: Known,
  url: string,
  fingerprint: string | undefined,
): Known {
  const others = (connection.pins ?? []).filter(({ place }) => place !== placeOf(url));
  const pins = fingerprint === undefined ? others : others.concat([{ place: placeOf(url), fingerprint }]);
  return { ...connection, pins };
}

/** Without the certificates of places that are not among its addresses any more. */
export function withoutOldPins<Known extends Pick<Connection, "pins" | "url" | "outsideUrl">>(
  connection: Known,
): Known {
  const { url, outsideUrl = url, pins } = connection;
  if (pins === undefined) return connection;
  const places = [placeOf(url), placeOf(outsideUrl)];
  return { ...connection, pins: pins.filter(({ place }) => places.includes(place)) };
}
