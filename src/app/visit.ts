import type { Connection } from "../core/connection";
import { part } from "../parts";
import type { Server } from "../ports/server";
import type { Runtime } from "./runtime";

/** Opens the server of a connection, in a worker, with what was learned before about the way to it. */
export function visit(runtime: Runtime, connection: Connection): () => Server {
  const device = runtime.settings.deviceName();
  const { address } = runtime.health.of(connection.id);
  const openPage = runtime.settings.openPage();
  const way = address === undefined ? { openPage } : { openPage, first: address };
  return () => {
    const { openServer, wire } = part("app/errand-work");
    return openServer(connection, device, { ...wire, way });
  };
}
