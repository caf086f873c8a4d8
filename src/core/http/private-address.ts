import { parseIp } from "./ip-address";

/** First bytes of networks that the internet does not route, each byte as a range (RFC 1918, 3927, 6598; loopback). */
const PRIVATE_IPV4: readonly (readonly [from: number, to: number])[][] = [
  [[10, 10]],
  [[127, 127]],
  [
    [100, 100],
    [64, 127],
  ],
  [
    [169, 169],
    [254, 254],
  ],
  [
    [172, 172],
    [16, 31],
  ],
  [
    [192, 192],
    [168, 168],
  ],
];
/** Unique local and link-local (RFC 4193, 4291). */
const PRIVATE_IPV6: readonly (readonly [from: number, to: number])[][] = [
  [[0xfc, 0xfd]],
  [
    [0xfe, 0xfe],
    [0x80, 0xbf],
  ],
];

/** Names that only a home network knows (RFC 6762, 8375, 9476 drafts, and what routers are shipped with). */
const PRIVATE_ENDINGS = [".local", ".lan", ".home", ".home.arpa", ".internal", ".localhost"];

const begins = (bytes: readonly number[], ranges: readonly (readonly [number, number])[]): boolean =>
  ranges.every(([from, to], index) => (bytes[index] ?? -1) >= from && (bytes[index] ?? -1) <= to);

function isPrivateIp(bytes: readonly number[]): boolean {
  if (bytes.length === 4) return PRIVATE_IPV4.some(ranges => begins(bytes, ranges));
  const upToLast = bytes.slice(0, 15);
  if (upToLast.every(byte => byte === 0)) return bytes[15] === 1;
  const isMapped = bytes.slice(0, 10).every(byte => byte === 0) && bytes[10] === 255 && bytes[11] === 255;
  return isMapped ? isPrivateIp(bytes.slice(12)) : PRIVATE_IPV6.some(ranges => begins(bytes, ranges));
}

/**
 * Whether a host is on this device or its own network, so that plain http stays in the house. A name says little (it may
 * resolve to anything): only names that the internet does not have count.
 */
export function isPrivateHost(host: string): boolean {
  const bytes = parseIp(host);
  if (bytes !== undefined) return isPrivateIp(bytes);
  const name = host.toLowerCase();
  return name !== "" && (!name.includes(".") || PRIVATE_ENDINGS.some(ending => name.endsWith(ending)));
}
