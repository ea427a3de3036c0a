import SQLiteStore
import TextFormats

/// The groups that the rows of an import name; missing ones are made, once each.
final class ImportGroups {
  private let database: Database
  private let ids: UUIDv7Generator
  private let provenance: Provenance
  private var known: [String: String] = [:]
  /// Names of the groups that were made, in the order of their first row.
  private(set) var created: [String] = []
  private(set) var createdIDs: [String] = []

  init(_ database: Database, ids: UUIDv7Generator, provenance: Provenance) {
    self.database = database
    self.ids = ids
    self.provenance = provenance
  }

  /// The ids of groups by their names.
  /// - Throws: `CareError(.conflict)` for a dynamic group, which nobody can be put in
  func ids(of names: [String]) throws -> [String] { try names.map { try id(of: $0) } }

  private func id(of name: String) throws -> String {
    if let id = known[name] { return id }
    let id = try find(name) ?? create(name)
    known[name] = id
    return id
  }

  private func find(_ name: String) throws -> String? {
    try database.first(
      "SELECT id, query FROM member_groups WHERE name_key = ?", [.text(CaseFolding.fold(name))]
    ) { row in
      guard row.isNull(1) else {
        throw CareError(
          .conflict, "group \(name) is dynamic",
          details: .fields([.init("groups", "\(name) is dynamic: its members follow from its filter")]))
      }
      return row.string(0)
    }
  }

  private func create(_ name: String) throws -> String {
    let id = ids.next()
    try database.execute(
      """
      INSERT INTO member_groups (id, name, name_key, created_by, created_at, updated_at)
      VALUES (?, ?, ?, ?, ?, ?)
      """,
      [
        .text(id), .text(name), .text(CaseFolding.fold(name)), .optional(provenance.actorID),
        .text(provenance.at), .text(provenance.at),
      ])
    created.append(name)
    createdIDs.append(id)
    return id
  }
}
