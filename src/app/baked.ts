import { type Connection, newConnectionId, normalizeAddress } from "../core/connection";
import { json } from "../koreader/json";
import type { Runtime } from "./runtime";

type BakedConnection = Pick<Connection, "name" | "url" | "key">;

const LONGEST = 1000;

/**
 * Takes up a connection that came with the plugin, once for each package. A new package of the same server gives the
 * connection a new key and address and leaves what waits for it; others stay as they are.
 */
export function adoptBaked(runtime: Runtime, text: string): void {
  const baked = read(text);
  const before = runtime.settings.baked();
  if (baked === undefined) {
    runtime.log.warn("baked.json holds no connection");
    return runtime.settings.setBaked({ text });
  }
  const known = runtime.settings.connections();
  const same = known.find(({ id }) => id === before?.connection) ?? known.find(({ url }) => url === baked.url);
  const id = same?.id ?? newConnectionId(runtime.random.uuid());
  runtime.settings.saveConnection({ kind: "tome", name: baked.name, ...same, id, url: baked.url, key: baked.key });
  runtime.settings.setBaked({ text, connection: id });
}

/** The connection that came with the plugin, with the address and key it came with; nothing when it is gone. */
export function bakedConnection({ settings }: Runtime): Connection | undefined {
  const { text = "", connection: id } = settings.baked() ?? {};
  const connection = settings.connections().find(each => each.id === id);
  const baked = connection === undefined ? undefined : read(text);
  return connection === undefined || baked === undefined
    ? undefined
    : { ...connection, url: baked.url, key: baked.key };
}

function read(text: string): BakedConnection | undefined {
  const decoded = json.decode(text);
  if (!decoded.ok || typeof decoded.value !== "object") return undefined;
  const fields = decoded.value as Readonly<Record<string, unknown>>;
  const url = normalizeAddress(textIn(fields, "url"));
  const key = textIn(fields, "key");
  const name = textIn(fields, "name");
  if (fields["version"] !== 1 || fields["kind"] !== "tome" || !url.ok || key === "" || name === "") return undefined;
  return { name, url: url.value, key };
}

function textIn(fields: Readonly<Record<string, unknown>>, name: string): string {
  const value = fields[name];
  return typeof value === "string" && value.length <= LONGEST ? value : "";
}
