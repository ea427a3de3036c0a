import SQLiteStore

/// A list of messages: which, in which order, and which part of it.
public struct MessageQuery {
  /// Only those in one of these states; all where there are none.
  public var statuses: [MessageStatus] = []
  /// Only those of one of these types; all where there are none.
  public var types: [MessageType] = []
  /// Titles go whatever their letter case; equal ones go by id, that is by when they were made.
  public var sort = MessageField.createdAt
  /// Turns the order of equal ones round as well.
  public var isDescending = true
  /// How many at most, after the first `offset`; nil for all.
  public var limit: Int?
  /// How many come before the first, with or without a `limit`.
  public var offset = 0

  private let database: Database

  /// All messages, the newest first.
  public init(_ database: Database) { self.database = database }

  /// How many there are on all pages.
  public func count() throws -> Int {
    let (condition, arguments) = condition
    return try database.first("SELECT count(*) FROM messages WHERE \(condition)", arguments) {
      $0.integer(0)
    } ?? 0
  }

  /// Calls `body` for each message; column i of the row holds the i-th of `fields`.
  public func each(_ fields: [MessageField], _ body: (Statement) throws -> Void) throws {
    let (condition, arguments) = condition
    let columns = fields.isEmpty ? "1" : fields.map(\.column).joined(separator: ", ")
    let direction = isDescending ? "DESC" : "ASC"
    let key = sort == .title ? "casefold(title)" : sort.column
    if sort == .title { try FilterFunctions.register(on: database) }
    // Ids of version 7 tell apart what was made within one second.
    try database.query(
      """
      SELECT \(columns) FROM messages WHERE \(condition)
      ORDER BY \(key) \(direction), id \(direction) LIMIT ? OFFSET ?
      """, arguments + [.int(limit ?? -1), .int(offset)], body)
  }

  private var condition: (sql: String, arguments: [SQLValue]) {
    var conditions: [String] = []
    var arguments: [SQLValue] = []
    func narrow(_ column: MessageField, _ values: [String]) {
      if values.isEmpty { return }
      let places = values.map { _ in "?" }.joined(separator: ", ")
      conditions.append("\(column.column) IN (\(places))")
      arguments += values.map(SQLValue.text)
    }
    narrow(.status, statuses.map(\.rawValue))
    narrow(.messageType, types.map(\.rawValue))
    return (conditions.isEmpty ? "1" : conditions.joined(separator: " AND "), arguments)
  }
}
