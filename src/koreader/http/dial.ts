import socket = require("socket");
import type { Failure } from "../../core/failure";
import type { Deadline } from "../../core/http/deadlines";
import { parseIp } from "../../core/http/ip-address";
import { clearest, connectReason, tooLate } from "../../core/http/problems";
import { failure, type Result, success } from "../../core/result";

/** Every address of a host, in the system's order of preference. Blocks as long as the system's resolver does. */
function addressesOf(host: string): Result<string[], Failure> {
  if (parseIp(host) !== undefined) return success([host]);
  const [found, problem] = socket.dns.getaddrinfo(host);
  if (found === undefined) return failure({ reason: "dns", detail: `the name: ${problem}` });
  // Some systems list an address once for each kind of socket.
  return success(Array.from(new Set(found.map(({ addr }) => addr))));
}

function connect(address: string, port: number, seconds: number): Result<LuaSocket.Client, Failure> {
  const [client, noSocket] = socket.tcp();
  if (client === undefined) return failure({ reason: "offline", detail: noSocket });
  // KOReader gives every new socket timeouts of its own.
  client.settimeout(seconds, "b");
  client.settimeout(undefined, "t");
  const [connected, problem] = client.connect(address, port);
  if (connected !== undefined) return success(client);
  client.close();
  return failure({ reason: connectReason(problem), detail: `port ${port}: ${problem}` });
}

/**
 * A TCP connection to the first address that takes one. Each address gets its share of the time that is left, so that a
 * dead IPv6 does not use up what IPv4 needs.
 */
export function dial(host: string, port: number, deadline: Deadline): Result<LuaSocket.Client, Failure> {
  const addresses = addressesOf(host);
  if (!addresses.ok) return addresses;
  const failures: Failure[] = [];
  for (const [index, address] of addresses.value.entries()) {
    const left = deadline.left();
    if (left <= 0) failures.push(tooLate(deadline));
    else {
      const tried = connect(address, port, left / (addresses.value.length - index));
      if (tried.ok) return tried;
      failures.push(tried.failure);
    }
  }
  return failure(clearest(failures) ?? { reason: "dns", detail: "the name has no address" });
}
