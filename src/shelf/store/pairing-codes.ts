import type { Db } from "./database";

export interface PairingCode {
  readonly code: string;
  /** The digest of what the device polls with. */
  readonly pollHash: string;
  /** Who let the device in; null = nobody yet. */
  readonly userId: number | null;
  /** ISO-8601, UTC. */
  readonly expiresAt: string;
  /** What the device calls itself; null = it did not say. */
  readonly device: string | null;
  /** The network address from which it asked. */
  readonly address: string | null;
}

/** Anybody may ask for a code, so there is a bound. */
const MOST_OPEN = 1000;

/** The open pairing codes. */
export class PairingCodes {
  constructor(private readonly db: Db) {}

  /** Adds a code, and drops the oldest beyond a thousand. Returns false when the code is taken. */
  add({ code, pollHash, expiresAt, device, address }: Omit<PairingCode, "userId">): boolean {
    const sql = `INSERT OR IGNORE INTO pairing_codes (code, poll_hash, expires_at, device, address)
      VALUES (?, ?, ?, ?, ?)`;
    const isNew = this.db.prepare(sql).run(code, pollHash, expiresAt, device, address).changes > 0;
    this.db.exec(
      `DELETE FROM pairing_codes WHERE rowid NOT IN (SELECT rowid FROM pairing_codes ORDER BY rowid DESC LIMIT ${MOST_OPEN})`,
    );
    return isNew;
  }

  find(code: string): PairingCode | undefined {
    const sql = `SELECT code, poll_hash AS pollHash, user_id AS userId, expires_at AS expiresAt,
      device, address FROM pairing_codes WHERE code = ?`;
    return this.db.prepare<[string], PairingCode>(sql).get(code);
  }

  authorize(code: string, userId: number): void {
    this.db.prepare("UPDATE pairing_codes SET user_id = ? WHERE code = ?").run(userId, code);
  }

  delete(code: string): void {
    this.db.prepare("DELETE FROM pairing_codes WHERE code = ?").run(code);
  }

  /** Forgets what expired before a time. */
  purge(before: string): void {
    this.db.prepare("DELETE FROM pairing_codes WHERE expires_at < ?").run(before);
  }

  /** Makes every open code expire at a time. */
  expireAll(at: string): void {
    this.db.prepare("UPDATE pairing_codes SET expires_at = ?").run(at);
  }
}
