import SQLiteStore
import TextFormats

/// A person to be added, as the row that will be stored. It is made without the database, so that an
/// import can make it on another thread than the one that stores.
struct NewMember: Sendable {
  let id: String
  let nameKey: String
  let row: TextArguments

  /// - Parameters:
  ///   - draft: what is known; absent names are stored as "", an absent status as `status`.
  ///   - id: where the draft has none of its own.
  ///   - batch: the import that it belongs to.
  ///   - provenance: who adds it; its time is when the row is made, unless the draft knows better.
  init(
    _ draft: MemberDraft, id: String, status: MemberStatus = .active, batch: String?, provenance: Provenance
  ) {
    self.id = draft.id ?? id
    nameKey = Member.nameKey(first: draft.firstName, last: draft.lastName)
    var values = draft.storedValues
    for (field, value) in [
      (MemberField.id, self.id), (.firstName, draft.firstName ?? ""), (.lastName, draft.lastName ?? ""),
      (.memberStatus, (draft.memberStatus ?? status).rawValue),
      (.tags, draft.tags.map(MemberDraft.tagsText) ?? "[]"),
      (.customFields, MemberDraft.customText(draft.customFields ?? [])),
      (.createdAt, draft.createdAt ?? provenance.at),
      (.updatedAt, draft.updatedAt ?? draft.createdAt ?? provenance.at),
    ] {
      values[MemberDraft.position(of: field)] = value
    }
    values += [nameKey, batch, provenance.actorID]
    var row = TextArguments()
    row.reserveCapacity(values.count, bytes: 512)
    for value in values { row.append(value) }
    self.row = row
  }

  /// The statement that adds rows, one after the other in its parameters.
  ///
  /// One that adds several leaves those that it has added where it fails, and whoever runs it must roll
  /// the transaction back: SQLite would have to keep every page that the statement touches as it was
  /// before, which costs a third of its time.
  static func insertSQL(rows: Int = 1) -> String {
    let conflict = rows == 1 ? "" : "OR FAIL "
    let columns = MemberField.stored.map(\.column) + ["name_key", "import_batch_id", "created_by"]
    let marks = "(" + [String](repeating: "?", count: columns.count).joined(separator: ", ") + ")"
    let values = [String](repeating: marks, count: rows).joined(separator: ", ")
    return "INSERT \(conflict)INTO members (\(columns.joined(separator: ", "))) VALUES \(values)"
  }
}
