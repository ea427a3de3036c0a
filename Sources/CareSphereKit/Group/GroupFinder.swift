import SQLiteStore

/// Finds groups by what people call them.
public struct GroupFinder {
  private let groups: NamedRows<Group>

  /// Finds the groups of a database.
  public init(_ database: Database) {
    groups = NamedRows(
      database, table: "member_groups", noun: "group", columns: Group.columns, read: Group.init(row:),
      label: { ($0.id, $0.name) })
  }

  /// All groups, by name.
  public func all() throws -> [Group] { try groups.all() }

  /// The group of this name, whatever its letter case.
  public func find(name: String) throws -> Group? { try groups.find(name: name) }

  /// The group with this id.
  public func find(id: String) throws -> Group? { try groups.find(id: id) }

  /// Makes sure that no group has this name, whatever its letter case.
  /// - Throws: `CareError(.conflict)`.
  func checkFree(name: String) throws { try groups.checkFree(name: name) }

  /// The group that a reference means: its id, its name whatever the letter case, or the unique beginning
  /// or end of its id, at least 4 characters.
  /// - Throws: `NOT_FOUND` with the nearest name; `CONFLICT` with the candidates where there are several.
  public func resolve(_ reference: String) throws -> Group { try groups.resolve(reference) }
}
