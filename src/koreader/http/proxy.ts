import http = require("socket.http");
import mime = require("mime");
import { parseProxy } from "../../core/http/proxy-address";
import { type Result, success } from "../../core/result";
import type { Proxy } from "./route";

/** The proxy of the reader's network menu, which KOReader keeps in LuaSocket; an error when its address is none. */
export function systemProxy(): Result<Proxy | undefined, string> {
  if (http.PROXY === undefined) return success(undefined);
  const address = parseProxy(http.PROXY);
  if (!address.ok) return address;
  const { host, port, login } = address.value;
  return success({ host, port, authorization: login === undefined ? undefined : `Basic ${encode(login)}` });
}

function encode(text: string): string {
  const [encoded] = mime.b64(text);
  return encoded;
}
