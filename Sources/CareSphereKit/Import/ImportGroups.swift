import SQLiteStore
import TextFormats

/// The groups that the rows of an import name; missing ones are made, once each.
final class ImportGroups {
  private let store: GroupStore
  private let finder: GroupFinder
  private var known: [String: String] = [:]
  /// Names of the groups that were made, in the order of their first row.
  private(set) var created: [String] = []
  private(set) var createdIDs: [String] = []
  /// Names of dynamic groups that were passed over.
  private(set) var dynamic: [String] = []

  init(_ database: Database, ids: UUIDv7Generator, provenance: Provenance) {
    finder = GroupFinder(database)
    store = GroupStore(database, ids: ids, provenance: provenance)
  }

  /// The ids of the groups that a row names. Dynamic groups are passed over: a list of people names them,
  /// and their filters alone say who is in them.
  func ids(ofRow names: [String]) throws -> [String] {
    try ids(of: names.filter { try !isDynamic($0) })
  }

  private func isDynamic(_ name: String) throws -> Bool {
    if known[name] != nil { return false }
    if dynamic.contains(name) { return true }
    guard try finder.find(name: name)?.isDynamic == true else { return false }
    dynamic.append(name)
    return true
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
