import { randomInt, timingSafeEqual } from "node:crypto";
import type { Store } from "../store/store";
import { digestOf } from "./keys";
import { hashPassword } from "./password";

/** Letters and digits that cannot be mistaken for each other. */
const ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789";

/** Proves that who opens the first page also sees the terminal: eight characters, anew at every start. */
export class SetUpCode {
  readonly value = Array.from({ length: 8 }, () => ALPHABET.charAt(randomInt(ALPHABET.length))).join("");

  /** As it is printed: `ABCD-EFGH`. */
  get shown(): string {
    return `${this.value.slice(0, 4)}-${this.value.slice(4)}`;
  }

  /** Whether a typed code is this one: case, blanks and dashes do not matter. */
  matches(typed: string): boolean {
    const cleaned = typed.toUpperCase().replace(/[\s-]/g, "");
    return timingSafeEqual(Buffer.from(digestOf(cleaned)), Buffer.from(digestOf(this.value)));
  }
}

/** Whether nobody can sign in as the owner yet. An owner whom the command line made has no password. */
export function needsSetUp(store: Store): boolean {
  return !store.users.hasAdminWithPassword();
}

/**
 * Makes the owner, or gives the one whom the command line made a name and a password: what belongs to them stays theirs.
 * Returns undefined when somebody else was faster, or the name is another user's.
 */
export async function createOwner(
  store: Store,
  account: { username: string; password: string },
  at: string,
): Promise<number | undefined> {
  const passwordHash = await hashPassword(account.password);
  return store.transaction(() => {
    if (!needsSetUp(store)) return undefined;
    const { username } = account;
    const owner = store.users.owner();
    const namesake = store.users.findByLogin(username);
    if (namesake && namesake.id !== owner?.id) return undefined;
    if (!owner) {
      const rest = { email: null, role: "admin", mustChangePassword: false, createdAt: at } as const;
      return store.users.add({ username, passwordHash, ...rest });
    }
    store.users.rename(owner.id, username);
    store.users.setPassword(owner.id, passwordHash, false);
    return owner.id;
  });
}
