import type { Db } from "./database";

export interface PluginKey {
  readonly id: number;
  readonly userId: number;
  /** The first characters, for a reader to tell keys apart. */
  readonly prefix: string;
  readonly label: string;
  /** ISO-8601, UTC. */
  readonly createdAt: string;
  readonly lastUsedAt: string | null;
  /** Of the Ribbon that used it last; null as long as none said so. */
  readonly ribbonVersion: string | null;
}

export interface PersonalToken {
  readonly userId: number;
  readonly scope: "full" | "readonly";
}

const KEY_COLUMNS =
  "id, user_id AS userId, prefix, label, created_at AS createdAt, last_used_at AS lastUsedAt, ribbon_version AS ribbonVersion";

/** Plugin keys, personal tokens and the secret that signs logins. Of keys and tokens only SHA-256 digests are kept. */
export class Credentials {
  constructor(private readonly db: Db) {}

  addKey(key: { userId: number; hash: string; prefix: string; label: string; createdAt: string }): number {
    const { lastInsertRowid } = this.db
      .prepare("INSERT INTO plugin_keys (user_id, hash, prefix, label, created_at) VALUES (?, ?, ?, ?, ?)")
      .run(key.userId, key.hash, key.prefix, key.label, key.createdAt);
    return Number(lastInsertRowid);
  }

  findKey(hash: string): PluginKey | undefined {
    return this.db.prepare<[string], PluginKey>(`SELECT ${KEY_COLUMNS} FROM plugin_keys WHERE hash = ?`).get(hash);
  }

  /** @param ribbonVersion of the Ribbon that uses it; another client leaves it as it is */
  touchKey(id: number, at: string, ribbonVersion?: string): void {
    const sql = "UPDATE plugin_keys SET last_used_at = ?, ribbon_version = coalesce(?, ribbon_version) WHERE id = ?";
    this.db.prepare(sql).run(at, ribbonVersion ?? null, id);
  }

  keysOf(userId: number): PluginKey[] {
    const sql = `SELECT ${KEY_COLUMNS} FROM plugin_keys WHERE user_id = ? ORDER BY id`;
    return this.db.prepare<[number], PluginKey>(sql).all(userId);
  }

  allKeys(): PluginKey[] {
    return this.db.prepare<[], PluginKey>(`SELECT ${KEY_COLUMNS} FROM plugin_keys ORDER BY id`).all();
  }

  /** Returns false when this user has no such key. */
  renameKey(id: number, userId: number, label: string): boolean {
    const sql = "UPDATE plugin_keys SET label = ? WHERE id = ? AND user_id = ?";
    return this.db.prepare(sql).run(label, id, userId).changes > 0;
  }

  /** Returns false when there was no such key of this user (or of anybody, when no user is given). */
  revokeKey(id: number, userId?: number): boolean {
    const sql = "DELETE FROM plugin_keys WHERE id = ? AND user_id = coalesce(?, user_id)";
    return this.db.prepare(sql).run(id, userId ?? null).changes > 0;
  }

  addToken(token: PersonalToken & { hash: string; name: string; createdAt: string }): void {
    this.db
      .prepare("INSERT INTO personal_tokens (user_id, hash, name, scope, created_at) VALUES (?, ?, ?, ?, ?)")
      .run(token.userId, token.hash, token.name, token.scope, token.createdAt);
  }

  findToken(hash: string): PersonalToken | undefined {
    const sql = "SELECT user_id AS userId, scope FROM personal_tokens WHERE hash = ?";
    return this.db.prepare<[string], PersonalToken>(sql).get(hash);
  }

  /** The value of a secret, made by `create` when it is first asked for. */
  secret(name: string, create: () => string): string {
    this.db.prepare("INSERT OR IGNORE INTO settings (name, value) VALUES (?, ?)").run(name, create());
    return this.db.prepare<[string], string>("SELECT value FROM settings WHERE name = ?").pluck().get(name) as string;
  }
}
