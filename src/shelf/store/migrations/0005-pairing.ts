/** Codes with which a device without a keyboard is let in. */
export const pairing = `
  CREATE TABLE pairing_codes (
    code TEXT PRIMARY KEY,
    poll_hash TEXT NOT NULL,
    user_id INTEGER REFERENCES users (id),
    expires_at TEXT NOT NULL
  ) STRICT;
  `;
