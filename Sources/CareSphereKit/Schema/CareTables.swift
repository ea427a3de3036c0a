extension Schema {
  /// An import, and of each member that it changed what was there before: what `undo-import` needs.
  static let importTables = """
    CREATE TABLE import_batches (
      id TEXT PRIMARY KEY NOT NULL,
      source TEXT NOT NULL,
      rows INTEGER NOT NULL DEFAULT 0,
      created INTEGER NOT NULL DEFAULT 0,
      updated INTEGER NOT NULL DEFAULT 0,
      unchanged INTEGER NOT NULL DEFAULT 0,
      skipped INTEGER NOT NULL DEFAULT 0,
      rejected INTEGER NOT NULL DEFAULT 0,
      groups_created TEXT NOT NULL DEFAULT '[]',
      created_by TEXT REFERENCES users(id) ON DELETE SET NULL,
      created_at TEXT NOT NULL,
      undone_at TEXT
    ) STRICT;

    CREATE TABLE import_changes (
      row_id INTEGER PRIMARY KEY,
      batch_id TEXT NOT NULL REFERENCES import_batches(id) ON DELETE CASCADE,
      member_id TEXT NOT NULL,
      before TEXT NOT NULL,
      revision INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX import_changes_batch ON import_changes(batch_id);
    CREATE INDEX import_changes_member ON import_changes(member_id);

    """

  /// `suppressions` keeps addresses that must not be written to as SHA-256 digests, so that they
  /// outlive the person they belonged to without naming anybody.
  static let careTables = """
    CREATE TABLE suppressions (
      digest TEXT NOT NULL,
      channel TEXT NOT NULL CHECK (channel IN ('email', 'sms', 'push')),
      address TEXT,
      reason TEXT,
      source TEXT NOT NULL,
      at TEXT NOT NULL,
      PRIMARY KEY (digest, channel)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE audit_log (
      row_id INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      at TEXT NOT NULL,
      actor_id TEXT,
      actor TEXT NOT NULL,
      command TEXT NOT NULL,
      entity TEXT NOT NULL,
      entity_id TEXT,
      before TEXT,
      after TEXT
    ) STRICT;
    CREATE INDEX audit_log_entity ON audit_log(entity, at);
    CREATE INDEX audit_log_entity_id ON audit_log(entity_id);
    CREATE INDEX audit_log_actor ON audit_log(actor_id, at);
    CREATE INDEX audit_log_at ON audit_log(at);

    CREATE TABLE settings (
      key TEXT PRIMARY KEY NOT NULL,
      value TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;

    """
}
