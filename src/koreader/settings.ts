import DataStorage = require("datastorage");
import Device = require("device");
import LuaSettings = require("luasettings");
import random = require("random");
import type { Connection } from "../core/connection";
import type { ConnectionId } from "../core/outbox";
import { type Seconds, seconds } from "../core/units";
import type { Settings } from "../ports/settings";

const DEFAULT_IDLE_MINUTES = 10;

type Fields = Readonly<Record<string, unknown>>;

function textIn(fields: Fields, key: string): string | undefined {
  const value = fields[key];
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** One entry of the settings file; what a hand has made unreadable is passed over. */
function connectionOf(entry: unknown): Connection | undefined {
  if (type(entry) !== "table") return undefined;
  const fields = entry as Fields;
  const id = textIn(fields, "id");
  const url = textIn(fields, "url");
  const key = textIn(fields, "key");
  if (id === undefined || url === undefined || key === undefined || fields["kind"] !== "tome") return undefined;
  return { id: id as ConnectionId, kind: "tome", name: textIn(fields, "name") ?? id, url, key };
}

/** `settings/ribbon.lua`. Read once, copied on every read: KOReader hands out its live tables. */
export class KoSettings implements Settings {
  private file: KOReader.LuaSettings | undefined;

  connections(): Connection[] {
    const stored = this.open().readSetting("connections");
    const connections: Connection[] = [];
    if (type(stored) !== "table") return connections;
    for (const entry of stored as unknown[]) {
      const connection = connectionOf(entry);
      if (connection !== undefined) connections.push(connection);
    }
    return connections;
  }

  saveConnection(connection: Connection): void {
    const others = this.connections().filter(({ id }) => id !== connection.id);
    this.open().saveSetting("connections", others.concat([{ ...connection }]));
    this.open().flush();
  }

  idleCap(): Seconds {
    const minutes = this.open().readSetting("idle_cap_minutes");
    return seconds((typeof minutes === "number" ? minutes : DEFAULT_IDLE_MINUTES) * 60);
  }

  /** Two readers of one model must not look like one: the name carries four digits of their own. */
  deviceName(): string {
    const named = this.open().readSetting("device_name");
    if (typeof named === "string" && named !== "") return named;
    const name = `${Device.model ?? "KOReader"} ${random.uuid().slice(0, 4)}`;
    this.open().saveSetting("device_name", name);
    this.open().flush();
    return name;
  }

  private open(): KOReader.LuaSettings {
    this.file ??= LuaSettings.open(`${DataStorage.getSettingsDir()}/ribbon.lua`);
    return this.file;
  }
}
