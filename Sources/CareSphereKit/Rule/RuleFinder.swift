import SQLiteStore

/// Finds rules by what people call them.
public struct RuleFinder {
  private let rules: NamedRows<Rule>

  /// Finds the rules of a database.
  public init(_ database: Database) {
    rules = NamedRows(
      database, table: "automation_rules", noun: "rule", columns: Rule.columns, read: Rule.init(row:),
      label: { ($0.id, $0.name) })
  }

  /// All rules, by name.
  public func all() throws -> [Rule] { try rules.all() }

  /// The rules that are enabled, the oldest first.
  public func active() throws -> [Rule] { try rules.rows("is_active = 1 ORDER BY created_at, id") }

  /// The rule of this name, whatever its letter case.
  public func find(name: String) throws -> Rule? { try rules.find(name: name) }

  /// The rule with this id.
  public func find(id: String) throws -> Rule? { try rules.find(id: id) }

  /// The rule with this id, which is known to be there.
  func stored(id: String) throws -> Rule { try rules.stored(id: id) }

  /// Makes sure that no rule has this name, whatever its letter case.
  /// - Throws: `CareError(.conflict)`.
  func checkFree(name: String) throws { try rules.checkFree(name: name) }

  /// The rule that a reference means: its id, its name whatever the letter case, or the unique beginning
  /// or end of its id, at least 4 characters.
  /// - Throws: `NOT_FOUND` with the nearest name; `CONFLICT` with the candidates where there are several.
  public func resolve(_ reference: String) throws -> Rule { try rules.resolve(reference) }
}
