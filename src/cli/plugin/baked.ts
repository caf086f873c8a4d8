import { normalizeAddress } from "../../core/connection";
import { sha256Of } from "../../shelf/plugin/built";
import type { BakedConnection } from "../../shelf/plugin/package";

/** As much as the plugin reads of a name or key. */
const LONGEST = 1000;

export interface Typed {
  readonly server?: string | undefined;
  readonly key?: string | undefined;
  readonly name?: string | undefined;
}

/**
 * The connection that a plugin starts with, from what was typed; nothing when nothing was. The same address, key and name are the
 * same connection: packed again, it changes nothing on a device that has it.
 * @throws when only half of it was typed, or it cannot be one
 */
export function bakedConnection({ server, key, name }: Typed): BakedConnection | undefined {
  if (server === undefined && key === undefined && name === undefined) return undefined;
  if (server === undefined || key === undefined) throw new Error("--server and --key belong together");
  const address = normalizeAddress(server);
  if (!address.ok) throw new Error(`${server} is no address of a server; one is http://192.168.1.5:8080`);
  const url = address.value;
  const connection = { name: name?.trim() ?? new URL(url).hostname, url, key: key.trim() };
  if (!isText(connection.key) || connection.key.includes(" "))
    throw new Error("that is no key; one is tk_0123456789abcdef…");
  if (!isText(connection.name)) throw new Error("a server needs a name that can be read");
  return { id: sha256Of(Buffer.from(JSON.stringify(connection))).slice(0, 16), ...connection };
}

function isText(text: string): boolean {
  return text !== "" && text.length <= LONGEST && !/\p{Cc}/u.test(text);
}
