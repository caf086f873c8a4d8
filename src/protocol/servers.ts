import type { Connection, ServerKind } from "../core/connection";
import type { Server } from "../ports/server";
import { TomeServer } from "./tome/tome-server";
import type { Wire } from "./wire";

type Opening = (connection: Connection, device: string, wire: Wire) => Server;

const OPENINGS: Readonly<Record<ServerKind, Opening>> = {
  tome: (connection, device, wire) => new TomeServer(connection, device, wire),
};

/** The server of a connection; `device` is the name it shows for this reader. */
export function openServer(connection: Connection, device: string, wire: Wire): Server {
  return OPENINGS[connection.kind](connection, device, wire);
}
