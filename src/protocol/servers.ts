import type { Connection, ServerKind } from "../core/connection";
import type { Server } from "../ports/server";
import type { Pairing } from "../ports/pairing";
import { TomePairing } from "./tome/tome-pairing";
import { TomeServer } from "./tome/tome-server";
import type { Wire } from "./wire";

type Opening = (connection: Connection, device: string, wire: Wire) => Server;

const OPENINGS: Readonly<Record<ServerKind, Opening>> = {
  tome: (connection, device, wire) => new TomeServer(connection, device, wire),
};

const PAIRINGS: Readonly<Record<ServerKind, (url: string, device: string, wire: Wire) => Pairing>> = {
  tome: (url, device, wire) => new TomePairing(url, device, wire),
};

/** A way to a key of a server that there is no connection to yet. */
export function openPairing(kind: ServerKind, url: string, device: string, wire: Wire): Pairing {
  return PAIRINGS[kind](url, device, wire);
}

/** The server of a connection; `device` is the name it shows for this reader. */
export function openServer(connection: Connection, device: string, wire: Wire): Server {
  return OPENINGS[connection.kind](connection, device, wire);
}
