import http = require("socket.http");
import util = require("util");
import { VERSION } from "../version";
import { clock } from "./clock";
import { HttpClient } from "./http/client";
import { systemProxy } from "./http/proxy";
import { trustedRoots } from "./http/trusted-roots";
import { json } from "./json";

const client = new HttpClient({
  monotonic: () => clock.monotonic(),
  now: () => clock.epoch(),
  roots: () => trustedRoots(),
  proxy: () => systemProxy(),
  userAgent: () => `Ribbon/${VERSION} ${http.USERAGENT}`,
});

/** What a worker speaks to servers with. */
export const wire = {
  http: client,
  json,
  encode: (text: string) => util.urlEncode(text),
  now: () => clock.epoch(),
};
