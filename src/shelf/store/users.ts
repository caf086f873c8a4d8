import type { Db } from "./database";
import { removeRow } from "./removal";

export type Role = "guest" | "member" | "admin";

export interface User {
  readonly id: number;
  readonly username: string;
  readonly email: string | null;
  /** As `hashPassword` writes it; null = this account cannot log in with a password. */
  readonly passwordHash: string | null;
  readonly role: Role;
  readonly isActive: boolean;
  readonly mustChangePassword: boolean;
  /** ISO-8601, UTC. */
  readonly createdAt: string;
}

export type NewUser = Pick<User, "username" | "email" | "passwordHash" | "role" | "mustChangePassword" | "createdAt">;

type UserRecord = Omit<User, "isActive" | "mustChangePassword"> & { isActive: number; mustChangePassword: number };

const COLUMNS = `id, username, email, password_hash AS passwordHash, role, is_active AS isActive,
  must_change_password AS mustChangePassword, created_at AS createdAt`;

/** The accounts. */
export class Users {
  constructor(private readonly db: Db) {}

  /** Whether nobody has an account yet. */
  isEmpty(): boolean {
    return this.db.prepare("SELECT 1 FROM users LIMIT 1").get() === undefined;
  }

  hasAdminWithPassword(): boolean {
    const sql = "SELECT 1 FROM users WHERE role = 'admin' AND is_active = 1 AND password_hash IS NOT NULL LIMIT 1";
    return this.db.prepare(sql).get() !== undefined;
  }

  find(id: number): User | undefined {
    return this.one("id = ?", id);
  }

  /** Looks an account up by its user name, else by its e-mail address. */
  findByLogin(login: string): User | undefined {
    return this.one("username = ?", login) ?? this.one("email = ?", login);
  }

  /** The administrator who came first: the owner of this Shelf. */
  owner(): User | undefined {
    return this.one("role = 'admin' AND is_active = 1 ORDER BY id LIMIT 1");
  }

  add(user: NewUser): number {
    const { lastInsertRowid } = this.db
      .prepare(
        `INSERT INTO users (username, email, password_hash, role, must_change_password, created_at)
         VALUES (?, ?, ?, ?, ?, ?)`,
      )
      .run(user.username, user.email, user.passwordHash, user.role, user.mustChangePassword ? 1 : 0, user.createdAt);
    return Number(lastInsertRowid);
  }

  all(): User[] {
    return this.many("1 ORDER BY id");
  }

  /** Removes an account and everything that is its own: places, sessions, highlights, keys. */
  remove(id: number): void {
    this.db.transaction(() => removeRow(this.db, "users", id)).immediate();
  }

  setActive(id: number, isActive: boolean): void {
    this.db.prepare("UPDATE users SET is_active = ? WHERE id = ?").run(isActive ? 1 : 0, id);
  }

  /** The zone in which a user's days begin; undefined = the server's. */
  timeZone(id: number): string | undefined {
    const sql = "SELECT time_zone FROM users WHERE id = ?";
    return this.db.prepare<[number], string | null>(sql).pluck().get(id) ?? undefined;
  }

  setTimeZone(id: number, zone: string): void {
    this.db.prepare("UPDATE users SET time_zone = ? WHERE id = ?").run(zone, id);
  }

  setRole(id: number, role: Role): void {
    this.db.prepare("UPDATE users SET role = ? WHERE id = ?").run(role, id);
  }

  rename(id: number, username: string): void {
    this.db.prepare("UPDATE users SET username = ? WHERE id = ?").run(username, id);
  }

  setPassword(id: number, passwordHash: string, mustChangePassword: boolean): void {
    const sql = "UPDATE users SET password_hash = ?, must_change_password = ? WHERE id = ?";
    this.db.prepare(sql).run(passwordHash, mustChangePassword ? 1 : 0, id);
  }

  private one(where: string, ...values: (string | number)[]): User | undefined {
    return this.many(where, ...values)[0];
  }

  private many(where: string, ...values: (string | number)[]): User[] {
    return this.db
      .prepare<typeof values, UserRecord>(`SELECT ${COLUMNS} FROM users WHERE ${where}`)
      .all(...values)
      .map(row => ({ ...row, isActive: row.isActive === 1, mustChangePassword: row.mustChangePassword === 1 }));
  }
}
