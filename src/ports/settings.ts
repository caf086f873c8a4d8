import type { Connection } from "../core/connection";
import type { Seconds } from "../core/units";

export interface Settings {
  connections(): Connection[];
  /** Replaces the connection with the same id, or adds it. */
  saveConnection(connection: Connection): void;
  /** The most that one page can count: whoever looks longer has fallen asleep. */
  idleCap(): Seconds;
  /** The name under which servers show this device. */
  deviceName(): string;
}
