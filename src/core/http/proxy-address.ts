import { failure, type Result, success } from "../result";
import { cut } from "./text";
import { parseUrl } from "./url";

/** Where a proxy is, and who may use it. */
export interface ProxyAddress {
  readonly host: string;
  readonly port: number;
  /** `user:secret`, as Basic authentication wants it. */
  readonly login?: string;
}

/** What LuaSocket takes for a proxy without a port. */
const USUAL_PORT = 3128;

const hasPort = (place: string): boolean => (cut(place, "]")[1] ?? place).includes(":");

/** Reads a proxy as KOReader keeps it, `http://user:secret@host:port`; only the host is not optional. */
export function parseProxy(setting: string): Result<ProxyAddress, string> {
  const [scheme, afterScheme] = cut(setting, "://");
  if (afterScheme !== undefined && scheme.toLowerCase() !== "http") return failure(`a proxy by ${scheme}`);
  const parts = cut(afterScheme ?? setting, "/")[0].split("@");
  const place = parts[parts.length - 1] ?? "";
  const login = parts.slice(0, parts.length - 1).join("@");
  const url = parseUrl(`http://${place}${hasPort(place) ? "" : `:${USUAL_PORT}`}`);
  if (!url.ok) return url;
  const { host, port } = url.value;
  return success({ host, port, ...(login === "" ? {} : { login }) });
}
