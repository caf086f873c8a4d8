import type { BookId, ConnectionId } from "../core/outbox";

/** A book of ours that is a server's book. */
export interface DeviceBook {
  readonly book: BookId;
  /** Where it was when it was last opened or downloaded; it may be gone since. */
  readonly file: string;
}

/** Which books of a server are on this device, by content and by link, never by name. */
export interface DeviceBooks {
  /**
   * Our books for each of these ids of the server's; those that have none are absent. A match by name counts only once the
   * reader has seen it.
   */
  linked(connection: ConnectionId, remoteIds: readonly string[]): ReadonlyMap<string, readonly DeviceBook[]>;
  /** The file of the first of them that is still there. */
  files(connection: ConnectionId, remoteIds: readonly string[]): ReadonlyMap<string, string>;
}
