extension Schema {
  /// What analytics need of the past. `member_status_changes` is written by a trigger, so that nothing that changes a
  /// status can forget it; a record's first status is the one it was made with. `member_departures` counts who was
  /// deleted and names nobody: when they had joined, when they were made and deleted, and the status they then had.
  ///
  /// An event says whose it is, as it says of which message, because people are counted in the order of their ids, and
  /// a message says which rule sent it.
  /// The indexes hold all that counting people by their deeds needs: what is sent to somebody is no deed.
  static let analyticsTables = """
    CREATE TABLE member_status_changes (
      row_id INTEGER PRIMARY KEY,
      member_id TEXT NOT NULL REFERENCES members(id) ON DELETE CASCADE,
      at TEXT NOT NULL,
      before TEXT NOT NULL CHECK (before IN ('active', 'inactive', 'pending', 'archived')),
      after TEXT NOT NULL CHECK (after IN ('active', 'inactive', 'pending', 'archived'))
    ) STRICT;
    CREATE INDEX member_status_changes_member ON member_status_changes(member_id, at);
    CREATE INDEX member_status_changes_at ON member_status_changes(at);
    CREATE TRIGGER members_status_change AFTER UPDATE OF member_status ON members
    WHEN old.member_status <> new.member_status BEGIN
      INSERT INTO member_status_changes (member_id, at, before, after)
      VALUES (new.id, new.updated_at, old.member_status, new.member_status);
    END;

    CREATE TABLE member_departures (
      row_id INTEGER PRIMARY KEY,
      join_date TEXT,
      created_at TEXT NOT NULL,
      status TEXT NOT NULL CHECK (status IN ('active', 'inactive', 'pending', 'archived')),
      archived_at TEXT,
      at TEXT NOT NULL
    ) STRICT;
    CREATE INDEX member_departures_at ON member_departures(at);

    DROP INDEX members_status;
    CREATE INDEX members_status ON members(member_status, created_at);
    CREATE INDEX members_archived ON members(id, join_date, created_at) WHERE member_status = 'archived';
    CREATE INDEX members_joined ON members(join_date, created_at);
    CREATE INDEX messages_sent ON messages(sent_at) WHERE sent_at IS NOT NULL;

    ALTER TABLE message_events ADD COLUMN member_id TEXT;
    UPDATE message_events SET member_id = (
      SELECT r.member_id FROM message_recipients AS r WHERE r.id = message_events.recipient_id);
    CREATE INDEX message_events_deeds ON message_events(member_id, at) WHERE event IN ('opened', 'clicked');
    CREATE INDEX member_activities_deeds ON member_activities(member_id, created_at)
      WHERE activity_type NOT IN ('message_sent', 'message_failed');
    CREATE INDEX message_events_links ON message_events(message_id, url, recipient_id) WHERE event = 'clicked';

    ALTER TABLE messages ADD COLUMN rule_id TEXT REFERENCES automation_rules(id) ON DELETE SET NULL;
    UPDATE messages SET rule_id = l.rule_id FROM (
      SELECT DISTINCT rule_id, json_extract(action_result, '$.messageId') AS message_id FROM automation_logs
      WHERE json_valid(action_result)
    ) AS l WHERE messages.id = l.message_id;
    CREATE INDEX messages_rule ON messages(rule_id, sent_at) WHERE rule_id IS NOT NULL;
    DROP INDEX automation_logs_rule;
    CREATE INDEX automation_logs_rule ON automation_logs(rule_id, executed_at, status);

    """
}
