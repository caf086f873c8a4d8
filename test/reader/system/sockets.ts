/**
 * LuaSocket, watched: whatever touches the network on the main loop is noted, and without Wi-Fi nothing is reachable.
 * The stand-in's Wi-Fi is made up; the sockets below it are real.
 */
import http = require("socket.http");
import https = require("ssl.https");
import socket = require("socket");
import { forbid } from "./journal";

type Call = (this: void, ...args: unknown[]) => LuaMultiReturn<unknown[]>;

/** Puts a watcher before functions of a library, where it has them. */
function watch(library: object, names: readonly string[], before: (name: string) => string | undefined): void {
  const calls = library as Record<string, Call | undefined>;
  for (const name of names) {
    const original = calls[name];
    if (original !== undefined) calls[name] = watched(original, () => before(name));
  }
}

/** The watcher's text, if any, is the call's error. */
const watched =
  (original: Call, before: () => string | undefined): Call =>
  (...args) => {
    const problem = before();
    if (problem !== undefined) return $multi(undefined, problem);
    return original(...args);
  };

/** Where a kind of socket keeps its methods. */
const methodsOf = (made: LuaSocket.Client | undefined): object =>
  (getmetatable(made as object) as unknown as { readonly __index: object }).__index;

const timeouts = { block: 60, total: -1 };

export const socketutil: LuaSocket.SocketUtil = {
  USER_AGENT: "KOReader/2026.03 (Stand-in; Linux; x64; https://github.com/koreader/koreader) LuaSocket/3.1.0",
  DEFAULT_BLOCK_TIMEOUT: 60,
  DEFAULT_TOTAL_TIMEOUT: -1,
  LARGE_BLOCK_TIMEOUT: 10,
  LARGE_TOTAL_TIMEOUT: 30,
  FILE_BLOCK_TIMEOUT: 15,
  FILE_TOTAL_TIMEOUT: 60,
  TIMEOUT_CODE: "timeout",
  SSL_HANDSHAKE_CODE: "wantread",
  SINK_TIMEOUT_CODE: "sink timeout",
  set_timeout(block = 5, total = 15) {
    timeouts.block = block;
    timeouts.total = total;
    http.TIMEOUT = block;
    (https as unknown as { TIMEOUT: number }).TIMEOUT = block;
  },
  reset_timeout() {
    socketutil.set_timeout(socketutil.DEFAULT_BLOCK_TIMEOUT, socketutil.DEFAULT_TOTAL_TIMEOUT);
  },
};

/** Every TCP socket of the process has KOReader's timeouts. */
function putTimeouts(): void {
  const original = socket.tcp;
  socket.tcp = () => {
    const [made, problem] = original();
    made?.settimeout(timeouts.block, "b");
    made?.settimeout(timeouts.total, "t");
    if (made !== undefined) return $multi(made);
    return $multi(undefined, problem ?? "");
  };
}

export function watchSockets(isReachable: () => boolean): void {
  const note = (place: string) => (name: string) => void forbid(`${place}${name} on the main loop`);
  const unless = (problem: string) => () => (isReachable() ? undefined : problem);
  watch(methodsOf(socket.tcp()[0]), ["connect"], unless("Network is unreachable"));
  watch(methodsOf(socket.udp()[0]), ["setpeername", "sendto"], unless("Network is unreachable"));
  const lookUps = ["toip", "getaddrinfo", "tohostname"];
  watch(socket.dns, lookUps, unless("host or service not provided, or not known"));
  watch(socket.dns, lookUps, note("socket.dns."));
  putTimeouts();
  watch(socket, ["tcp", "tcp4", "tcp6", "udp", "udp4", "udp6", "connect"], note("socket."));
  watch(http, ["request"], note("socket.http."));
  watch(https, ["request"], note("ssl.https."));
  http.USERAGENT = socketutil.USER_AGENT;
}
