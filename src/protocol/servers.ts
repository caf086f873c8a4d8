import type { Connection, ServerKind } from "../core/connection";
import type { Http } from "../ports/http";
import type { Json } from "../ports/json";
import type { Server } from "../ports/server";
import type { UrlEncode } from "../ports/url-encode";
import { TomeServer } from "./tome/tome-server";

/** What every protocol is built on. */
export interface Wire {
  readonly http: Http;
  readonly json: Json;
  readonly encode: UrlEncode;
}

type Opening = (connection: Connection, device: string, wire: Wire) => Server;

const OPENINGS: Readonly<Record<ServerKind, Opening>> = {
  tome: (connection, device, { http, json, encode }) => new TomeServer(connection, device, http, json, encode),
};

/** The server of a connection; `device` is the name it shows for this reader. */
export function openServer(connection: Connection, device: string, wire: Wire): Server {
  return OPENINGS[connection.kind](connection, device, wire);
}
