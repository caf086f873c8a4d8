/** Browsers that are signed in. */
export const webSessions = `
  CREATE TABLE web_sessions (
    hash TEXT PRIMARY KEY,
    user_id INTEGER NOT NULL REFERENCES users (id),
    browser TEXT NOT NULL,
    flash TEXT,
    created_at TEXT NOT NULL,
    seen_at TEXT NOT NULL
  ) STRICT;
  CREATE INDEX web_sessions_by_user ON web_sessions (user_id);
  `;
