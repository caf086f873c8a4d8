import { isIP } from "node:net";
import { InvalidArgumentError } from "commander";
import { LOG_LEVELS, type LogLevel } from "../shelf/operation/log";

/** A port from 0 to 65535. */
export function readPort(value: string): number {
  const port = Number(value);
  if (!/^\d+$/.test(value) || port > 65535) throw new InvalidArgumentError("A port is a number from 0 to 65535.");
  return port;
}

const PRIVATE_NETS = ["loopback", "linklocal", "uniquelocal"];

/** A proxy: an IP address, a net such as 10.0.0.0/8, or one of the names that stand for private nets. */
export function readProxy(value: string): string {
  const [address = "", bits] = value.split("/");
  const most = isIP(address) === 4 ? 32 : 128;
  const isNet = isIP(address) !== 0 && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= most));
  if (!isNet && !PRIVATE_NETS.includes(value))
    throw new InvalidArgumentError(
      `Give the proxy's address, a net (10.0.0.0/8), or one of ${PRIVATE_NETS.join(", ")}.`,
    );
  return value;
}

/** The address of a server without a slash at its end: https://books.example.org */
export function readBaseUrl(value: string): string {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  const isAddress =
    url !== undefined && /^https?:$/.test(url.protocol) && url.pathname === "/" && url.search === "" && url.hash === "";
  if (!isAddress || url.username !== "")
    throw new InvalidArgumentError("Give an address without a path, as in https://books.example.org");
  return url.origin;
}

export function readLogLevel(value: string): LogLevel {
  const level = LOG_LEVELS.find(each => each === value);
  if (level === undefined) throw new InvalidArgumentError(`A level is one of ${LOG_LEVELS.join(", ")}.`);
  return level;
}

/** For an option that may be repeated. */
export function addTo<T>(read: (value: string) => T): (value: string, before: readonly T[]) => T[] {
  return (value, before) => [...before, read(value)];
}
