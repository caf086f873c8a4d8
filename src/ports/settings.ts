import type { Connection } from "../core/connection";
import type { DownloadPreferences } from "../core/download-preferences";
import type { ConnectionId } from "../core/outbox";
import type { Preferences } from "../core/preferences";

/** What a reader is told once: the outbox is nearly full; another plugin does what we do. */
export type News = "crowd" | "tomesync" | "kosync";

/** What came with the plugin and was taken up, and which connection it became. */
export interface BakedState {
  readonly text: string;
  readonly connection?: ConnectionId;
}

export interface Settings {
  connections(): Connection[];
  /** Replaces the connection with the same id, or adds it. */
  saveConnection(connection: Connection): void;
  removeConnection(id: ConnectionId): void;
  /** A page of the open internet by which a Wi-Fi that wants to be signed in to is found out; empty: none is asked. */
  openPage(): string;
  /** Nothing when no connection came with the plugin. */
  baked(): BakedState | undefined;
  setBaked(state: BakedState): void;
  preferences(): Preferences;
  /** Changes what is given and leaves the rest. */
  savePreferences(changes: Partial<Preferences>): void;
  /** What the reader chose for downloads, as it stands in the file: core/download-preferences reads it. */
  downloadFields(): Readonly<Record<string, unknown>>;
  /** Changes what is given and leaves the rest. */
  saveDownloads(changes: Partial<DownloadPreferences>): void;
  /** What the reader chose for the sync of highlights, as it stands in the file: core/sdr-settings reads it. */
  sdrFields(): Readonly<Record<string, unknown>>;
  /** Changes what is given and leaves the rest. */
  saveSdr(changes: Readonly<Record<string, unknown>>): void;
  /** What the reader chose for updates of Ribbon, as it stands in the file: core/update-settings reads it. */
  updateFields(): Readonly<Record<string, unknown>>;
  /** Changes what is given and leaves the rest. */
  saveUpdates(changes: Readonly<Record<string, unknown>>): void;
  /** The name under which servers show this device. */
  deviceName(): string;
  setDeviceName(name: string): void;
  /** Whether the reader was told of something that is told once. */
  wasTold(what: News): boolean;
  /** Told now; or over, so that it is told again when it comes back. */
  noteTold(what: News, isTold: boolean): void;
  /** The ids of sessions that were taken over from another plugin. */
  takenSessions(): string[];
  noteTakenSessions(ids: readonly string[]): void;
}
