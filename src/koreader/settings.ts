import DataStorage = require("datastorage");
import Device = require("device");
import LuaSettings = require("luasettings");
import type { Connection } from "../core/connection";
import type { DownloadPreferences } from "../core/download-preferences";
import type { ConnectionId } from "../core/outbox";
import { type Preferences, preferencesOf } from "../core/preferences";
import { validityOf } from "../core/validity";
import type { BakedState, News, Settings } from "../ports/settings";
import { chance } from "./random";

type Fields = Readonly<Record<string, unknown>>;

/** Microsoft's, because KOReader itself asks for a name of theirs to see whether it is online. */
const OPEN_PAGE = "http://www.msftconnecttest.com/connecttest.txt";

function textIn(fields: Fields, key: string): string | undefined {
  const value = fields[key];
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** A list of tables with these two texts; others are passed over. */
function pairsIn<One extends string, Other extends string>(
  fields: Fields,
  key: string,
  one: One,
  other: Other,
): Record<One | Other, string>[] {
  const pairs: Record<One | Other, string>[] = [];
  if (type(fields[key]) !== "table") return pairs;
  for (const entry of fields[key] as unknown[]) {
    const pair = type(entry) === "table" ? (entry as Fields) : {};
    if (textIn(pair, one) !== undefined && textIn(pair, other) !== undefined) {
      pairs.push(pair as Record<One | Other, string>);
    }
  }
  return pairs;
}

/** One entry of the settings file; what a hand has made unreadable is passed over. */
function connectionOf(entry: unknown): Connection | undefined {
  if (type(entry) !== "table") return undefined;
  const fields = entry as Fields;
  const id = textIn(fields, "id");
  const url = textIn(fields, "url");
  const key = textIn(fields, "key");
  if (id === undefined || url === undefined || key === undefined || fields["kind"] !== "tome") return undefined;
  const validity = fields["validity"];
  const outsideUrl = textIn(fields, "outsideUrl");
  return {
    id: id as ConnectionId,
    kind: "tome",
    name: textIn(fields, "name") ?? id,
    url,
    key,
    ...(outsideUrl === undefined ? {} : { outsideUrl }),
    headers: pairsIn(fields, "headers", "name", "value"),
    pins: pairsIn(fields, "pins", "place", "fingerprint"),
    ...(type(validity) === "table" ? { validity: validityOf(validity as Fields) } : {}),
  };
}

const hasId = (entry: unknown, id: ConnectionId): boolean => type(entry) === "table" && (entry as Fields)["id"] === id;

/** More than another plugin ever kept. */
const MOST_TAKEN = 2000;

/** `settings/ribbon.lua`. Read once, copied on every read: KOReader hands out its live tables. */
export class KoSettings implements Settings {
  private file: KOReader.LuaSettings | undefined;

  /** True when the reader's data was being deleted and KOReader ended meanwhile. */
  isLeaving(): boolean {
    return this.open().isTrue("leaving");
  }

  connections(): Connection[] {
    const connections: Connection[] = [];
    for (const entry of this.stored()) {
      const connection = connectionOf(entry);
      if (connection !== undefined) connections.push(connection);
    }
    return connections;
  }

  saveConnection(connection: Connection): void {
    const stored = this.stored();
    const isNew = !stored.some(entry => hasId(entry, connection.id));
    const all = stored.map(entry => (hasId(entry, connection.id) ? { ...connection } : entry));
    this.save("connections", isNew ? all.concat([{ ...connection }]) : all);
  }

  removeConnection(id: ConnectionId): void {
    const others = this.stored().filter(entry => !hasId(entry, id));
    this.save("connections", others);
  }

  openPage(): string {
    const page = this.open().readSetting("open_page");
    return typeof page === "string" ? page : OPEN_PAGE;
  }

  baked(): BakedState | undefined {
    const stored = this.open().readSetting("baked");
    const fields = type(stored) === "table" ? (stored as Fields) : {};
    const text = textIn(fields, "text");
    const connection = textIn(fields, "connection") as ConnectionId | undefined;
    if (text === undefined) return undefined;
    return connection === undefined ? { text } : { text, connection };
  }

  setBaked(state: BakedState): void {
    this.save("baked", { ...state });
  }

  preferences(): Preferences {
    return preferencesOf(this.fields("preferences"));
  }

  savePreferences(changes: Partial<Preferences>): void {
    this.save("preferences", { ...this.fields("preferences"), ...changes });
  }

  downloadFields(): Fields {
    return this.fields("downloads");
  }

  saveDownloads(changes: Partial<DownloadPreferences>): void {
    this.save("downloads", { ...this.fields("downloads"), ...changes });
  }

  sdrFields(): Fields {
    return this.fields("sdr");
  }

  saveSdr(changes: Fields): void {
    this.save("sdr", { ...this.fields("sdr"), ...changes });
  }

  updateFields(): Fields {
    return this.fields("updates");
  }

  saveUpdates(changes: Fields): void {
    this.save("updates", { ...this.fields("updates"), ...changes });
  }

  /** Two readers of one model must not look like one: the name carries four digits of their own. */
  deviceName(): string {
    const named = this.open().readSetting("device_name");
    if (typeof named === "string" && named !== "") return named;
    const name = `${Device.model ?? "KOReader"} ${chance.uuid().slice(0, 4)}`;
    this.save("device_name", name);
    return name;
  }

  setDeviceName(name: string): void {
    this.save("device_name", name);
  }

  wasTold(what: News): boolean {
    return this.fields("told")[what] === true;
  }

  noteTold(what: News, isTold: boolean): void {
    this.save("told", { ...this.fields("told"), [what]: isTold });
  }

  takenSessions(): string[] {
    const stored = this.open().readSetting("taken_sessions");
    return type(stored) === "table" ? (stored as unknown[]).filter(id => typeof id === "string") : [];
  }

  noteTakenSessions(ids: readonly string[]): void {
    this.save("taken_sessions", ids.slice(-MOST_TAKEN));
  }

  /** Also what a newer Ribbon entered and this one does not understand: it stays. */
  private stored(): unknown[] {
    const stored = this.open().readSetting("connections");
    return type(stored) === "table" ? (stored as unknown[]) : [];
  }

  private fields(key: string): Fields {
    const stored = this.open().readSetting(key);
    return type(stored) === "table" ? (stored as Fields) : {};
  }

  private save(key: string, value: unknown): void {
    this.open().saveSetting(key, value);
    this.open().flush();
  }

  private open(): KOReader.LuaSettings {
    this.file ??= LuaSettings.open(`${DataStorage.getSettingsDir()}/ribbon.lua`);
    return this.file;
  }
}
