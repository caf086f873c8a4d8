import type { Connection } from "../core/connection";

export interface Settings {
  connections(): Connection[];
  /** Replaces the connection with the same id, or adds it. */
  saveConnection(connection: Connection): void;
  /** The name under which servers show this device. */
  deviceName(): string;
}
