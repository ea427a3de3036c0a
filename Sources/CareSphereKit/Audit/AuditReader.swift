import SQLiteStore
import TextFormats

/// Reads what is kept about changes.
public struct AuditReader {
  /// Which entries are wanted; all that is given must hold.
  public struct Selection: Equatable, Sendable {
    /// The kind of thing that changed: `member`.
    public var entity: String?
    /// Its id, or the beginning or end of one.
    public var idPart: String?
    /// Who changed it.
    public var actor: Actor?
    /// Not before.
    public var since: Timestamp?
    /// Before.
    public var until: Timestamp?

    /// Who is at work in an entry: a user by id, or by what the log calls somebody who is gone.
    public enum Actor: Equatable, Sendable {
      case id(String)
      case name(String)
    }

    /// Every entry there is.
    public init() {}

    /// Reads `--entity`: a kind, `KIND:ID`, or an id, of which the beginning or end is enough.
    /// - Throws: `CareError(.validation)` where an id is too short to mean anything.
    public mutating func setEntity(_ text: String) throws {
      let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      let id = IDPart(parts.last ?? "")?.text
      // Kinds are words; an id, or four characters of it, hardly ever goes without a digit.
      let isWord = id?.utf8.contains { (48...57).contains($0) } != true
      if parts.count == 1, isWord {
        entity = text
        return
      }
      guard let id else {
        throw CareError(
          .validation, "“\(text)” names no entity",
          hint: "write a kind as member, or a kind and an id of 4 or more characters as member:1a2b3c4d")
      }
      entity = parts.count == 2 ? parts.first : nil
      idPart = id
    }
  }

  /// What entries can be sorted by.
  public enum SortField: String, CaseIterable, Sendable {
    case at, actor, command, entity

    func sql(_ direction: String) -> String {
      // Entries of one second are told apart by the order in which they were made.
      let primary = self == .entity ? "entity \(direction), entity_id" : rawValue
      let ties = self == .at ? direction : "DESC"
      return "\(primary) \(direction), row_id \(ties)"
    }
  }

  private let database: Database

  /// Reads the entries of a database.
  public init(_ database: Database) { self.database = database }

  /// Calls `row` for each entry: columns `id`, `at`, `actor`, `command`, `entity`, `entity_id`, `before` and `after`,
  /// the last two as JSON.
  /// - Parameters:
  ///   - sort: the field, and whether it ascends.
  ///   - limit: how many at most, after the `offset` first ones.
  public func entries(
    _ selection: Selection, sort: (field: SortField, ascending: Bool) = (.at, false), limit: Int = .max,
    offset: Int = 0, _ row: (Statement) throws -> Void
  ) throws {
    let (condition, arguments) = Self.condition(selection)
    let order = sort.field.sql(sort.ascending ? "ASC" : "DESC")
    try database.query(
      """
      SELECT id, at, actor, command, entity, entity_id, before, after FROM audit_log
      WHERE \(condition) ORDER BY \(order) LIMIT ? OFFSET ?
      """, arguments + [.int(limit), .int(offset)], row)
  }

  /// How many entries `entries` finds without a limit.
  public func count(_ selection: Selection) throws -> Int {
    let (condition, arguments) = Self.condition(selection)
    return try database.first("SELECT count(*) FROM audit_log WHERE \(condition)", arguments) {
      $0.integer(0)
    } ?? 0
  }

  /// Whether somebody of this name has ever been at work.
  public func knows(actor: String) throws -> Bool {
    try database.first("SELECT 1 FROM audit_log WHERE actor = ? COLLATE NOCASE LIMIT 1", [.text(actor)]) {
      _ in true
    } ?? false
  }

  private static func condition(_ selection: Selection) -> (String, [SQLValue]) {
    var conditions: [String] = []
    var arguments: [SQLValue] = []
    func add(_ condition: String, _ values: SQLValue...) {
      conditions.append(condition)
      arguments += values
    }
    // The plus keeps the kind from being looked up first where an id says more.
    if let entity = selection.entity {
      add(selection.idPart == nil ? "entity = ?" : "+entity = ?", .text(entity))
    }
    if let part = selection.idPart {
      if UUIDText.isValid(part) {
        add("entity_id = ?", .text(part))
      } else {
        // The inner query reads the index alone, not every entry.
        add(
          """
          row_id IN (SELECT row_id FROM audit_log
            WHERE substr(entity_id, 1, ?) = ? OR substr(entity_id, ?) = ?)
          """, .int(part.utf8.count), .text(part), .int(-part.utf8.count), .text(part))
      }
    }
    switch selection.actor {
    case .id(let id): add("actor_id = ?", .text(id))
    case .name(let name): add("actor = ? COLLATE NOCASE", .text(name))
    case nil: break
    }
    if let since = selection.since { add("at >= ?", .text(since.description)) }
    if let until = selection.until { add("at < ?", .text(until.description)) }
    return (conditions.isEmpty ? "1" : conditions.joined(separator: " AND "), arguments)
  }
}
