import type { Store } from "../store/store";
import { digestOf, newPluginKey, prefixOf } from "./keys";

const OWNER_NAME = "owner";

/** The user to whom keys from the command line belong: the first administrator, made when there is none. */
export function ownerOf(store: Store, at: string): number {
  return store.transaction(() => {
    const owner = store.users.owner();
    if (owner) return owner.id;
    const account = { username: OWNER_NAME, email: null, passwordHash: null, mustChangePassword: false };
    return store.users.add({ ...account, role: "admin", createdAt: at });
  });
}

/** Makes a plugin key for a user. This is the only time that the key itself can be seen. */
export function mintKey(store: Store, userId: number, label: string, at: string): { id: number; key: string } {
  const key = newPluginKey();
  const row = { userId, hash: digestOf(key), prefix: prefixOf(key), label, createdAt: at };
  return { id: store.credentials.addKey(row), key };
}
