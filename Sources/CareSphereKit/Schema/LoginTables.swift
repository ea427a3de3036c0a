extension Schema {
  /// Of tokens and codes only SHA-256 digests are kept. Ending a session or deleting a user takes
  /// everything that hangs on it along.
  static let loginTables = """
    CREATE TABLE sessions (
      id TEXT NOT NULL PRIMARY KEY,
      user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
      refresh_digest TEXT NOT NULL UNIQUE,
      created_at TEXT NOT NULL,
      expires_at TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX sessions_user ON sessions (user_id);

    CREATE TABLE spent_refresh_tokens (
      digest TEXT NOT NULL PRIMARY KEY,
      session_id TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX spent_refresh_tokens_session ON spent_refresh_tokens (session_id);

    CREATE TABLE access_tokens (
      digest TEXT NOT NULL PRIMARY KEY,
      session_id TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
      expires_at TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX access_tokens_session ON access_tokens (session_id);

    CREATE TABLE service_tokens (
      name TEXT NOT NULL PRIMARY KEY,
      digest TEXT NOT NULL UNIQUE,
      role TEXT NOT NULL CHECK (role IN ('admin', 'moderator', 'member')),
      created_by TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
      created_at TEXT NOT NULL,
      expires_at TEXT NOT NULL,
      last_used_at TEXT
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX service_tokens_maker ON service_tokens (created_by);

    CREATE TABLE login_attempts (
      account TEXT NOT NULL PRIMARY KEY,
      failures INTEGER NOT NULL,
      last_at INTEGER NOT NULL,
      blocked_until INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

    """
}
