extension Schema {
  /// What is to happen by itself. A rule acts on what comes after it: `since_event` is the last event that happened
  /// before it was made, enabled or given another trigger, and `judged_until` the moment up to which its dates have
  /// been looked at; of a rule that listens for events it stays the moment since which it listens.
  static let ruleTables = """
    CREATE TABLE automation_rules (
      id TEXT PRIMARY KEY NOT NULL,
      name TEXT NOT NULL,
      name_key TEXT NOT NULL UNIQUE,
      description TEXT,
      trigger_type TEXT NOT NULL,
      trigger_config TEXT NOT NULL DEFAULT '{}',
      action_type TEXT NOT NULL,
      action_config TEXT NOT NULL DEFAULT '{}',
      conditions TEXT,
      is_active INTEGER NOT NULL DEFAULT 1 CHECK (is_active IN (0, 1)),
      since_event INTEGER NOT NULL DEFAULT 0,
      judged_until TEXT NOT NULL,
      last_run_at TEXT,
      run_count INTEGER NOT NULL DEFAULT 0,
      success_count INTEGER NOT NULL DEFAULT 0,
      failure_count INTEGER NOT NULL DEFAULT 0,
      created_by TEXT REFERENCES users(id) ON DELETE SET NULL,
      created_at TEXT NOT NULL,
      updated_at TEXT NOT NULL
    ) STRICT;
    CREATE INDEX automation_rules_active ON automation_rules(is_active, trigger_type);

    CREATE TABLE automation_logs (
      row_id INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      rule_id TEXT NOT NULL REFERENCES automation_rules(id) ON DELETE CASCADE,
      member_id TEXT REFERENCES members(id) ON DELETE CASCADE,
      occurrence TEXT,
      status TEXT NOT NULL CHECK (status IN ('success', 'failure', 'skipped')),
      trigger_data TEXT,
      action_result TEXT,
      error_message TEXT,
      execution_time_ms INTEGER,
      executed_at TEXT NOT NULL
    ) STRICT;
    CREATE INDEX automation_logs_rule ON automation_logs(rule_id, executed_at);
    CREATE INDEX automation_logs_status ON automation_logs(status, executed_at);
    CREATE INDEX automation_logs_executed ON automation_logs(executed_at);
    CREATE INDEX automation_logs_member ON automation_logs(member_id) WHERE member_id IS NOT NULL;

    """

  /// `rule_events` only grows, in the transaction of the change that an event tells of; `depth` is how many rules'
  /// effects led to it. An event outlasts its member, so that the log can say what a deletion has kept from
  /// happening. `rule_occurrences` is the ledger: a row for each rule, person and occurrence, `waiting`
  /// until it is due, then done for good. The person of a rule that acts once for the staff is ''.
  static let ruleLedgerTables = """
    CREATE TABLE rule_events (
      row_id INTEGER PRIMARY KEY AUTOINCREMENT,
      event TEXT NOT NULL,
      member_id TEXT NOT NULL,
      at TEXT NOT NULL,
      detail TEXT NOT NULL DEFAULT '{}',
      depth INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    CREATE INDEX rule_events_member ON rule_events(member_id);

    CREATE TABLE rule_occurrences (
      row_id INTEGER PRIMARY KEY,
      rule_id TEXT NOT NULL REFERENCES automation_rules(id) ON DELETE CASCADE,
      member_id TEXT NOT NULL,
      occurrence TEXT NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('waiting', 'done', 'failed', 'skipped')),
      due_at TEXT NOT NULL,
      attempts INTEGER NOT NULL DEFAULT 0,
      depth INTEGER NOT NULL DEFAULT 0,
      trigger_data TEXT,
      UNIQUE (rule_id, member_id, occurrence)
    ) STRICT;
    CREATE INDEX rule_occurrences_waiting ON rule_occurrences(due_at) WHERE state = 'waiting';
    CREATE INDEX rule_occurrences_member ON rule_occurrences(member_id);

    CREATE TABLE user_notifications (
      row_id INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      user_id TEXT NOT NULL REFERENCES users(id) ON DELETE CASCADE,
      rule_id TEXT REFERENCES automation_rules(id) ON DELETE SET NULL,
      member_id TEXT REFERENCES members(id) ON DELETE CASCADE,
      title TEXT NOT NULL,
      note TEXT NOT NULL,
      read_at TEXT,
      created_at TEXT NOT NULL
    ) STRICT;
    CREATE INDEX user_notifications_user ON user_notifications(user_id, created_at);

    """
}
