import { networkInterfaces } from "node:os";

/** Whether an address leads to the computer itself, from wherever it is opened. */
export function isLoopback(origin: string): boolean {
  const { hostname } = new URL(origin);
  return hostname === "localhost" || hostname === "[::1]" || hostname.startsWith("127.");
}

/** This computer's addresses in its networks, under which a device may reach the same port. */
export function reachableOrigins(origin: string, interfaces = networkInterfaces()): string[] {
  const { protocol, port } = new URL(origin);
  const addresses = Object.values(interfaces)
    .flatMap(each => each ?? [])
    .filter(({ family, internal }) => family === "IPv4" && !internal)
    .map(({ address }) => address);
  return addresses.map(address => `${protocol}//${address}${port === "" ? "" : `:${port}`}`);
}
