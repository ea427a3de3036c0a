import SQLiteStore
import TextFormats

/// Something that must hold of what is stored, as the query that finds where it does not, and what makes it hold again.
struct StoredTruth: Sendable {
  var kind: CheckProblem.Kind
  /// Gives a row for each problem: what it is of, what is expected, what is found.
  var query: String
  /// Gives a row if the query can give any, in one pass that other truths share: it need not be run where that gives
  /// none. nil where the query is to be run in any case.
  var screen: String?
  /// Makes it hold; nil where that cannot be told from the rest. Called within `Database.write`.
  var mend: (@Sendable (Database) throws -> Void)?

  init(_ kind: CheckProblem.Kind, _ query: String, mend: (@Sendable (Database) throws -> Void)? = nil) {
    self.kind = kind
    self.query = query
    self.mend = mend
  }

  /// The same, asked only where `screen` gives a row.
  func screened(by screen: String?) -> StoredTruth {
    var truth = self
    truth.screen = screen
    return truth
  }

  /// - Parameter mend: a statement that makes it hold.
  init(_ kind: CheckProblem.Kind, _ query: String, mend: String) {
    self.init(kind, query) { try $0.execute(mend) }
  }

  /// All that must hold.
  static var all: [StoredTruth] { counters + keys + references + StoredForm.truths }

  // MARK: Counters

  private static var counters: [StoredTruth] {
    [
      StoredTruth(
        .memberCount,
        """
        SELECT 'the group ' || g.id || ': member_count', coalesce(a.n, 0), g.member_count FROM member_groups AS g
        LEFT JOIN (SELECT group_id, count(*) AS n FROM member_group_assignments GROUP BY group_id) AS a
          ON a.group_id = g.id
        WHERE g.member_count <> coalesce(a.n, 0)
        """,
        mend: """
          UPDATE member_groups SET member_count =
            (SELECT count(*) FROM member_group_assignments WHERE group_id = member_groups.id)
          """),
      StoredTruth(.messageCount, MessageCounters.differences) { database in
        var ids: Set<String> = []
        try database.query("SELECT id FROM (\(MessageCounters.differences))") { ids.insert($0.string(0)) }
        try MessageCounters(database).recount(ids)
      },
      StoredTruth(
        .messageStatus,
        """
        SELECT 'the message ' || id || ': status', \(MessageCounters.endStatus), status FROM messages
        WHERE status = 'sending' AND pending_count = 0
        UNION ALL
        SELECT 'the message ' || id || ': status', 'sending', status FROM messages
        WHERE status IN ('sent', 'failed') AND pending_count > 0
        """
      ) { try MessageCounters($0).settle() },
      usage, runs, outcomes, imports,
    ]
  }

  /// A message that was sent and deleted has used its template too; the audit log tells how many there can be, as long
  /// as nobody was erased from it.
  private static let usage = StoredTruth(
    .usageCount,
    """
    SELECT 'the template ' || t.id || ': usage_count', coalesce(m.n, 0), t.usage_count FROM templates AS t
    LEFT JOIN (SELECT template_id, count(*) AS n FROM messages WHERE sent_at IS NOT NULL GROUP BY template_id) AS m
      ON m.template_id = t.id
    WHERE t.usage_count < coalesce(m.n, 0) OR t.usage_count > coalesce(m.n, 0)
      + (SELECT count(*) FROM audit_log WHERE entity = 'message' AND command = 'message delete')
      AND NOT EXISTS (SELECT 1 FROM audit_log WHERE entity = 'member' AND command = 'member delete' AND before IS NULL)
    """,
    mend: """
      UPDATE templates SET usage_count =
        (SELECT count(*) FROM messages WHERE template_id = templates.id AND sent_at IS NOT NULL)
      WHERE usage_count < (SELECT count(*) FROM messages WHERE template_id = templates.id AND sent_at IS NOT NULL)
        OR usage_count > (SELECT count(*) FROM messages WHERE template_id = templates.id AND sent_at IS NOT NULL)
          + (SELECT count(*) FROM audit_log WHERE entity = 'message' AND command = 'message delete')
      """)

  /// Whether the log of rules lacks nothing: entries about people go with them.
  private static let isLogWhole = """
    NOT EXISTS (SELECT 1 FROM audit_log
      WHERE command IN ('member delete', 'member merge', 'member undo-import', 'restore', 'check'))
    """

  private static let logged = """
    (SELECT rule_id, sum(status = 'success') AS good, sum(status = 'failure') AS bad
      FROM automation_logs GROUP BY rule_id)
    """

  private static let outcomes = StoredTruth(
    .runCount,
    """
    SELECT 'the rule ' || r.id || ': success_count', coalesce(l.good, 0), r.success_count
    FROM automation_rules AS r LEFT JOIN \(logged) AS l ON l.rule_id = r.id
    WHERE r.success_count < coalesce(l.good, 0) OR r.success_count > coalesce(l.good, 0) AND \(isLogWhole)
    UNION ALL
    SELECT 'the rule ' || r.id || ': failure_count', coalesce(l.bad, 0), r.failure_count
    FROM automation_rules AS r LEFT JOIN \(logged) AS l ON l.rule_id = r.id
    WHERE r.failure_count < coalesce(l.bad, 0) OR r.failure_count > coalesce(l.bad, 0) AND \(isLogWhole)
    """
  ) { database in
    for (column, status) in [("success_count", "success"), ("failure_count", "failure")] {
      let count = """
        (SELECT count(*) FROM automation_logs WHERE rule_id = automation_rules.id AND status = '\(status)')
        """
      try database.execute(
        """
        UPDATE automation_rules SET \(column) = \(count)
        WHERE \(column) < \(count) OR \(column) > \(count) AND \(isLogWhole)
        """)
    }
  }

  /// After `outcomes`, of which it is the sum.
  private static let runs = StoredTruth(
    .runCount,
    """
    SELECT 'the rule ' || id || ': run_count', success_count + failure_count, run_count FROM automation_rules
    WHERE run_count <> success_count + failure_count
    """
  ) { database in
    try outcomes.mend?(database)
    try database.execute("UPDATE automation_rules SET run_count = success_count + failure_count")
  }

  private static let imports = StoredTruth(
    .importCount,
    """
    SELECT 'the import ' || b.id || ': created', 'at least ' || m.n, b.created FROM import_batches AS b
    JOIN (SELECT import_batch_id AS id, count(*) AS n FROM members WHERE import_batch_id IS NOT NULL
      GROUP BY import_batch_id) AS m ON m.id = b.id
    WHERE b.created < m.n
    UNION ALL
    SELECT 'the import ' || id || ': rows', created + updated + unchanged + skipped + rejected, rows
    FROM import_batches WHERE rows <> created + updated + unchanged + skipped + rejected
    """)

  // MARK: Keys

  private static var keys: [StoredTruth] {
    let named = ["member_groups", "templates", "automation_rules"].map { table in
      StoredTruth(
        .nameKey,
        """
        SELECT '\(table) ' || id || ': name_key', 'the name, case folded', 'something else' FROM \(table)
        WHERE name_key <> \(CheckFunctions.fold)(name)
        """,
        mend: """
          UPDATE \(table) SET name_key = \(CheckFunctions.fold)(name)
          WHERE name_key <> \(CheckFunctions.fold)(name)
          """)
    }
    return [
      StoredTruth(
        .nameKey,
        """
        SELECT 'the member ' || id || ': name_key', 'the name, case folded', 'something else' FROM members
        WHERE name_key <> \(CheckFunctions.nameKey)(first_name, last_name)
        """,
        mend: """
          UPDATE members SET name_key = \(CheckFunctions.nameKey)(first_name, last_name)
          WHERE name_key <> \(CheckFunctions.nameKey)(first_name, last_name)
          """)
    ] + named + [
      StoredTruth(
        .suppression,
        """
        SELECT 'the suppression ' || digest || ', ' || channel, 'the digest of its address', 'that of another'
        FROM suppressions WHERE address IS NOT NULL AND digest <> \(CheckFunctions.digest)(address, channel)
        """,
        mend: """
          UPDATE OR REPLACE suppressions SET digest = \(CheckFunctions.digest)(address, channel)
          WHERE address IS NOT NULL AND digest <> \(CheckFunctions.digest)(address, channel)
          """)
    ]
  }

  // MARK: What refers to something without a foreign key

  private static let references: [StoredTruth] = [
    StoredTruth(
      .event,
      """
      SELECT 'message_events ' || e.row_id || ': member_id', r.member_id, e.member_id
      FROM message_events AS e JOIN message_recipients AS r ON r.id = e.recipient_id
      WHERE e.member_id IS NOT r.member_id
      UNION ALL
      SELECT 'message_events ' || e.row_id || ': message_id', r.message_id, e.message_id
      FROM message_events AS e JOIN message_recipients AS r ON r.id = e.recipient_id
      WHERE e.message_id <> r.message_id
      """,
      mend: """
        UPDATE message_events SET member_id = r.member_id, message_id = r.message_id
        FROM message_recipients AS r WHERE r.id = message_events.recipient_id
          AND (message_events.member_id IS NOT r.member_id OR message_events.message_id <> r.message_id)
        """
    ).screened(
      by: """
        SELECT 1 FROM message_events AS e JOIN message_recipients AS r ON r.id = e.recipient_id
        WHERE e.member_id IS NOT r.member_id OR e.message_id <> r.message_id LIMIT 1
        """),
    StoredTruth(
      .statusChange,
      """
      SELECT 'member_status_changes ' || c.row_id || ': member_created_at', m.created_at, c.member_created_at
      FROM member_status_changes AS c JOIN members AS m ON m.id = c.member_id
      WHERE c.member_created_at <> m.created_at
      """,
      mend: """
        UPDATE member_status_changes SET member_created_at = m.created_at
        FROM members AS m WHERE m.id = member_status_changes.member_id
          AND member_status_changes.member_created_at <> m.created_at
        """),
    // What waits for somebody who was deleted stays until it is due, so that the log can tell of it.
    StoredTruth(
      .ledger,
      """
      SELECT 'rule_occurrences ' || o.row_id || ': member_id', 'a member', o.member_id FROM rule_occurrences AS o
      WHERE o.member_id <> '' AND o.state <> 'waiting' AND NOT EXISTS (SELECT 1 FROM members WHERE id = o.member_id)
      """,
      mend: """
        DELETE FROM rule_occurrences
        WHERE member_id <> '' AND state <> 'waiting' AND NOT EXISTS (SELECT 1 FROM members WHERE id = member_id)
        """),
  ]
}
