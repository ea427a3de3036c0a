extension Schema {
  /// What lets analytics count by indexes alone. A change of a status says when the member's record was made, which
  /// never changes, so that counting back does not look up each of the members that have changed since. The indexes of
  /// deeds also hold what kind of deed it is: SQLite takes an index for one that covers a query only if it has every
  /// column of it, the condition of a partial index included.
  static let analyticsIndexes = """
    DROP TRIGGER members_status_change;
    DROP INDEX member_status_changes_member;
    DROP INDEX member_status_changes_at;
    ALTER TABLE member_status_changes RENAME TO former_status_changes;
    CREATE TABLE member_status_changes (
      row_id INTEGER PRIMARY KEY,
      member_id TEXT NOT NULL REFERENCES members(id) ON DELETE CASCADE,
      member_created_at TEXT NOT NULL,
      at TEXT NOT NULL,
      before TEXT NOT NULL CHECK (before IN ('active', 'inactive', 'pending', 'archived')),
      after TEXT NOT NULL CHECK (after IN ('active', 'inactive', 'pending', 'archived'))
    ) STRICT;
    INSERT INTO member_status_changes (row_id, member_id, member_created_at, at, before, after)
    SELECT c.row_id, c.member_id, m.created_at, c.at, c.before, c.after
    FROM former_status_changes AS c JOIN members AS m ON m.id = c.member_id ORDER BY c.row_id;
    DROP TABLE former_status_changes;
    CREATE INDEX member_status_changes_member ON member_status_changes(member_id, after, at);
    CREATE INDEX member_status_changes_at ON member_status_changes(at, member_created_at, before, after);
    CREATE TRIGGER members_status_change AFTER UPDATE OF member_status ON members
    WHEN old.member_status <> new.member_status BEGIN
      INSERT INTO member_status_changes (member_id, member_created_at, at, before, after)
      VALUES (new.id, new.created_at, new.updated_at, old.member_status, new.member_status);
    END;

    DROP INDEX message_events_deeds;
    DROP INDEX member_activities_deeds;
    CREATE INDEX message_events_deeds ON message_events(member_id, at, event) WHERE event IN ('opened', 'clicked');
    CREATE INDEX member_activities_deeds ON member_activities(member_id, created_at, activity_type)
      WHERE activity_type NOT IN ('message_sent', 'message_failed');

    """
}
