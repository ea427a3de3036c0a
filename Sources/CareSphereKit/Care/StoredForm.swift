/// The form of what is stored: JSON, ids, times. A table's own checks see to the rest.
enum StoredForm {
  static var truths: [StoredTruth] { screened(json + ids + times + dates) + tags }

  /// That a column is of a form.
  private struct ColumnForm {
    var table: String
    var truth: StoredTruth
    /// SQL for whether a row is, or the column whose moments `CheckFunctions.areMoments` can tell of.
    var test: Test

    enum Test {
      case sql(String)
      case moment(column: String)
    }
  }

  /// The truths of the columns, with one pass over each table that tells whether any of them need be asked.
  private static func screened(_ forms: [ColumnForm]) -> [StoredTruth] {
    let screens = Dictionary(grouping: forms, by: \.table).map { table, forms in
      var tests: [String] = []
      var moments: [String] = []
      for form in forms {
        switch form.test {
        case .sql(let sql): tests.append("(\(sql))")
        case .moment(let column): moments.append(column)
        }
      }
      if !moments.isEmpty {
        tests.append("\(CheckFunctions.areMoments)(\(moments.joined(separator: ", ")))")
      }
      return (table, "SELECT 1 FROM \(table) WHERE NOT (\(tests.joined(separator: " AND "))) LIMIT 1")
    }
    let screenOf = Dictionary(uniqueKeysWithValues: screens)
    return forms.map { $0.truth.screened(by: screenOf[$0.table]) }
  }

  // MARK: JSON

  static let objects = [
    "members.custom_fields", "member_activities.metadata", "messages.audience", "messages.settings",
    "messages.partials", "message_recipients.metadata", "automation_rules.trigger_config",
    "automation_rules.action_config", "automation_rules.conditions", "automation_logs.trigger_data",
    "automation_logs.action_result", "rule_events.detail", "rule_occurrences.trigger_data",
    "audit_log.before",
    "audit_log.after",
  ]
  static let arrays = [
    "members.tags", "messages.variables", "templates.variables", "import_batches.groups_created",
  ]

  private static var json: [ColumnForm] {
    objects.map { json($0, "object", empty: "{}") } + arrays.map { json($0, "array", empty: "[]") }
  }

  private static func json(_ place: String, _ type: String, empty: String) -> ColumnForm {
    let (table, column) = parts(place)
    let truth = StoredTruth(
      .json,
      """
      SELECT '\(table) ' || \(name(table)) || ': \(column)', 'a JSON \(type)',
        iif(json_valid(\(column)), 'a JSON ' || json_type(\(column)), 'no JSON')
      FROM \(table) WHERE \(column) IS NOT NULL
        AND (NOT json_valid(\(column)) OR json_type(\(column)) <> '\(type)')
      """)
    let test = """
      \(column) IS NULL OR \(column) = '\(empty)' OR iif(json_valid(\(column)), json_type(\(column)) = '\(type)', 0)
      """
    return ColumnForm(table: table, truth: truth, test: .sql(test))
  }

  private static var tags: [StoredTruth] {
    [
      StoredTruth(
        .json,
        """
        SELECT 'members ' || m.id || ': tags', 'texts', 'other values' FROM members AS m
        WHERE m.tags <> '[]' AND json_valid(m.tags) AND json_type(m.tags) = 'array'
          AND EXISTS (SELECT 1 FROM json_each(m.tags) AS t WHERE t.type <> 'text')
        """)
    ]
  }

  // MARK: Ids

  static let tablesWithIDs = [
    "users", "members", "member_notes", "member_activities", "member_groups", "member_group_assignments",
    "templates", "messages", "message_recipients", "automation_rules", "automation_logs", "import_batches",
    "audit_log", "user_notifications", "sessions",
  ]

  static let idPattern = [8, 4, 4, 4, 12].map { String(repeating: "[0-9a-f]", count: $0) }
    .joined(separator: "-")

  private static var ids: [ColumnForm] {
    tablesWithIDs.map { table in
      let truth = StoredTruth(
        .id,
        """
        SELECT '\(table) ' || \(rowName(table)), 'a UUID', id FROM \(table) WHERE id NOT GLOB '\(idPattern)'
        """)
      return ColumnForm(table: table, truth: truth, test: .sql("\(CheckFunctions.isID)(id)"))
    }
  }

  // MARK: Times

  static let moments = [
    "users.created_at", "users.updated_at", "members.created_at", "members.updated_at", "member_consents.at",
    "member_notes.created_at", "member_activities.created_at", "member_groups.created_at",
    "member_group_assignments.assigned_at", "templates.created_at", "messages.created_at",
    "messages.scheduled_for", "messages.expires_at", "messages.sent_at", "message_recipients.sent_at",
    "message_recipients.delivered_at", "message_recipients.opened_at", "message_recipients.clicked_at",
    "message_recipients.next_attempt_at", "message_events.at", "automation_rules.judged_until",
    "automation_rules.created_at", "automation_logs.executed_at", "rule_events.at", "rule_occurrences.due_at",
    "import_batches.created_at", "suppressions.at", "audit_log.at", "member_status_changes.at",
    "member_departures.at", "sessions.expires_at", "service_tokens.expires_at",
  ]

  static let momentPattern = "[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9]Z"

  private static var times: [ColumnForm] {
    moments.map { place in
      let (table, column) = parts(place)
      let truth = StoredTruth(
        .time,
        """
        SELECT '\(table) ' || \(name(table)) || ': \(column)', 'YYYY-MM-DDTHH:MM:SSZ', \(column)
        FROM \(table) WHERE \(column) NOT GLOB '\(momentPattern)'
        """)
      return ColumnForm(table: table, truth: truth, test: .moment(column: column))
    }
  }

  /// What is found is somebody's birthday, so it is not told.
  private static var dates: [ColumnForm] {
    let day = "[01][0-9]-[0-3][0-9]"
    return [("date_of_birth", " AND date_of_birth NOT GLOB '--\(day)'"), ("join_date", "")].map {
      column, other in
      let isWrong = "\(column) NOT GLOB '[0-9][0-9][0-9][0-9]-\(day)'\(other)"
      let truth = StoredTruth(
        .time,
        """
        SELECT 'members ' || id || ': \(column)', 'YYYY-MM-DD', 'something else' FROM members WHERE \(isWrong)
        """)
      return ColumnForm(table: "members", truth: truth, test: .sql("(\(isWrong)) IS NOT 1"))
    }
  }

  // MARK: Names of rows

  private static func parts(_ place: String) -> (table: String, column: String) {
    let parts = place.split(separator: ".", maxSplits: 1).map(String.init)
    return (parts.first ?? "", parts.last ?? "")
  }

  /// SQL for what a row is called.
  private static func name(_ table: String) -> String {
    switch table {
    case "member_consents": "member_id"
    case "suppressions": "digest"
    case "service_tokens": "name"
    case "message_events", "rule_events", "rule_occurrences", "member_status_changes", "member_departures":
      "row_id"
    default: "id"
    }
  }

  /// SQL for what a row is called whose id may be wrong.
  private static func rowName(_ table: String) -> String {
    table == "sessions" ? "'of the user ' || user_id" : "'row ' || rowid"
  }
}
