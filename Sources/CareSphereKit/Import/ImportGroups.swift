import SQLiteStore
import TextFormats

/// The groups that the rows of an import name. Missing ones are made, once each, when the first person is
/// put in, so that rows that are refused or skipped leave no empty ones behind.
final class ImportGroups {
  private let store: GroupStore
  private let finder: GroupFinder
  private let newIDs: UUIDv7Generator
  private var known: [String: String] = [:]
  /// Names of groups that are not there yet, by the ids that they will have.
  private var planned: [String: String] = [:]
  /// Names of the groups that were made, in the order of their first row.
  private(set) var created: [String] = []
  private(set) var createdIDs: [String] = []
  /// Names of dynamic groups that were passed over.
  private(set) var dynamic: [String] = []

  init(_ database: Database, ids: UUIDv7Generator, provenance: Provenance) {
    finder = GroupFinder(database)
    store = GroupStore(database, ids: ids, provenance: provenance)
    newIDs = ids
  }

  /// The ids of the groups that every row joins; they are made even for a file without rows.
  /// - Throws: `CareError(.conflict)` for a dynamic group, which nobody can be put in
  func ids(ofAll names: [String]) throws -> [String] {
    let ids = try names.map { name in
      if let group = try find(name) { try group.checkTakesAssignments() }
      return try id(of: name)
    }
    return try made(ids.compactMap { $0 })
  }

  /// The ids of the groups that a row names. Dynamic groups are passed over: a list of people names them,
  /// and their filters alone say who is in them.
  func ids(ofRow names: [String]) throws -> [String] { try names.compactMap(id) }

  private func id(of name: String) throws -> String? {
    if let id = known[name] { return id }
    if dynamic.contains(name) { return nil }
    if let group = try find(name) {
      if group.isDynamic {
        dynamic.append(name)
        return nil
      }
      known[name] = group.id
      return group.id
    }
    let key = CaseFolding.fold(name)
    let id = planned.first { CaseFolding.fold($0.value) == key }?.key ?? newIDs.next()
    if planned[id] == nil { planned[id] = name }
    known[name] = id
    return id
  }

  private func find(_ name: String) throws -> Group? { try finder.find(name: name) ?? finder.find(id: name) }

  /// The same ids, their groups made where they are still missing.
  func made(_ ids: [String]) throws -> [String] {
    guard !planned.isEmpty else { return ids }
    for id in ids {
      guard let name = planned.removeValue(forKey: id) else { continue }
      let group = try store.add(GroupValues(name: try GroupInput.name(name)), id: id)
      created.append(group.name)
      createdIDs.append(group.id)
    }
    return ids
  }
}
