extension Schema {
  /// A group with a `query` is dynamic: its members are whoever the filter expression matches, and it
  /// has no assignments.
  static let groupTables = """
    CREATE TABLE member_groups (
      id TEXT PRIMARY KEY NOT NULL,
      name TEXT NOT NULL,
      name_key TEXT NOT NULL UNIQUE,
      description TEXT,
      group_type TEXT,
      color TEXT,
      icon TEXT,
      member_count INTEGER NOT NULL DEFAULT 0,
      query TEXT,
      created_by TEXT REFERENCES users(id) ON DELETE SET NULL,
      created_at TEXT NOT NULL,
      updated_at TEXT NOT NULL
    ) STRICT;

    CREATE TABLE member_group_assignments (
      id TEXT PRIMARY KEY NOT NULL,
      member_id TEXT NOT NULL REFERENCES members(id) ON DELETE CASCADE,
      group_id TEXT NOT NULL REFERENCES member_groups(id) ON DELETE CASCADE,
      assigned_at TEXT NOT NULL,
      assigned_by TEXT REFERENCES users(id) ON DELETE SET NULL,
      import_batch_id TEXT,
      UNIQUE (member_id, group_id)
    ) STRICT;
    CREATE INDEX member_group_assignments_group ON member_group_assignments(group_id, member_id);

    CREATE TRIGGER member_group_assignments_insert AFTER INSERT ON member_group_assignments BEGIN
      UPDATE member_groups SET member_count = member_count + 1 WHERE id = new.group_id;
    END;
    CREATE TRIGGER member_group_assignments_delete AFTER DELETE ON member_group_assignments BEGIN
      UPDATE member_groups SET member_count = member_count - 1 WHERE id = old.group_id;
    END;

    """
}
