import SQLiteStore

/// Takes what the file still knows of a deleted person, beyond the rows that went with them. It is made before the
/// deletion, which takes what it has to look for along, and carried out after it, both within its write transaction,
/// on a connection with `PRAGMA secure_delete`, which overwrites what is deleted.
public struct Erasure {
  private let database: Database
  /// The ids under which the person was kept, the last one and those before merges.
  private let ids: [String]
  private var emails: Set<String> = []
  private var phones: Set<String> = []

  /// Notes the ids of a person, and the addresses that they have or were written to at.
  public init(of member: Member, _ database: Database) throws {
    self.database = database
    ids = try MemberMerge.formerIDs(of: member.id, database) + [member.id]
    if let email = member[.email] { emails.insert(email) }
    if let phone = member[.phone] { phones.insert(phone) }
    try database.query(
      "SELECT DISTINCT recipient_email, recipient_phone FROM message_recipients WHERE member_id = ?",
      [.text(member.id)]
    ) { row in
      if let email = row.text(0) { emails.insert(email) }
      if let phone = row.text(1) { phones.insert(phone) }
    }
  }

  /// Deletes what names the person without belonging to the record.
  public func erase() throws {
    let audience = MessageAudience(database)
    for id in ids {
      try audience.replace(id, by: nil)
      try audience.forget(id)
      try forgetInExpressions(id)
      // Entries about notes, merges and other things tell whose they are in what they keep.
      try database.execute(
        "DELETE FROM audit_log WHERE entity_id = ?1 OR instr(before, ?1) > 0 OR instr(after, ?1) > 0",
        [.text(id)])
      for table in ["import_changes", "rule_events", "rule_occurrences"] {
        try database.execute("DELETE FROM \(table) WHERE member_id = ?", [.text(id)])
      }
      try database.execute(
        "UPDATE suppressions SET address = NULL, reason = NULL WHERE digest = ?",
        [.text(SuppressionStore.digest(id, channel: .push))])
    }
    for address in emails.union(phones) {
      try audience.forget(address)
      try forgetInExpressions(address)
      // What is left of an expression that names it.
      try database.execute(
        """
        UPDATE audit_log SET before = NULL, after = NULL
        WHERE entity IN ('message', 'group', 'rule')
          AND (instr(lower(before), lower(?1)) > 0 OR instr(lower(after), lower(?1)) > 0)
        """, [.text(address)])
    }
    for email in emails { try SuppressionStore.forget(email: email, phone: nil, database) }
    for phone in phones { try SuppressionStore.forget(email: nil, phone: phone, database) }
  }

  /// Where the staff's words may name somebody: what a dynamic group is for, whom a rule is for and what it does.
  private static let expressions = [
    ("member_groups", "query"), ("automation_rules", "conditions"), ("automation_rules", "trigger_config"),
    ("automation_rules", "action_config"),
  ]

  private func forgetInExpressions(_ word: String) throws {
    for (table, column) in Self.expressions {
      var changed: [(id: String, text: String)] = []
      try database.query(
        "SELECT id, \(column) FROM \(table) WHERE instr(lower(\(column)), lower(?)) > 0", [.text(word)]
      ) { changed.append(($0.string(0), ErasedWord.replacing(word, in: $0.string(1)))) }
      for (id, text) in changed {
        try database.execute("UPDATE \(table) SET \(column) = ? WHERE id = ?", [.text(text), .text(id)])
      }
    }
  }

  /// Rewrites the search index, in which deleted words are only marked as such (sqlite.org/fts5.html,
  /// "optimize").
  public static func scrubSearch(_ database: Database) throws {
    try database.execute("INSERT INTO member_search(member_search) VALUES ('optimize')")
  }
}
