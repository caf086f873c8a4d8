import type { Connection } from "../core/connection";
import type { ConnectionId } from "../core/outbox";
import type { Preferences } from "../core/preferences";

export interface Settings {
  connections(): Connection[];
  /** Replaces the connection with the same id, or adds it. */
  saveConnection(connection: Connection): void;
  removeConnection(id: ConnectionId): void;
  preferences(): Preferences;
  /** Changes what is given and leaves the rest. */
  savePreferences(changes: Partial<Preferences>): void;
  /** The name under which servers show this device. */
  deviceName(): string;
  setDeviceName(name: string): void;
}
