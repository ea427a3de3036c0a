import SQLiteStore
import TextFormats

/// The groups that the rows of an import name; missing ones are made, once each.
final class ImportGroups {
  private let store: GroupStore
  private var known: [String: String] = [:]
  /// Names of the groups that were made, in the order of their first row.
  private(set) var created: [String] = []
  private(set) var createdIDs: [String] = []

  init(_ database: Database, ids: UUIDv7Generator, provenance: Provenance) {
    store = GroupStore(database, ids: ids, provenance: provenance)
  }

  /// The ids of groups by their names.
  /// - Throws: `CareError(.conflict)` for a dynamic group, which nobody can be put in
  func ids(of names: [String]) throws -> [String] {
    try names.map { name in
      if let id = known[name] { return id }
      let (group, isNew) = try store.findOrCreate(name: name)
      known[name] = group.id
      if isNew {
        created.append(group.name)
        createdIDs.append(group.id)
      }
      return group.id
    }
  }
}
