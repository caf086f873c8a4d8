import util = require("util");
import { blockingHttp } from "./http";
import { json } from "./json";

/** What a worker speaks to servers with. */
export const wire = { http: blockingHttp, json, encode: (text: string) => util.urlEncode(text) };
