import SQLiteStore

/// A condition in SQL over `members AS m`, with the values of its parameters in their order.
public struct SQLFragment: Equatable, Sendable {
  /// The condition.
  public var sql: String
  /// The values of its parameters, in their order.
  public var arguments: [SQLValue]

  /// - Parameters:
  ///   - sql: 0 or 1 for every member, never NULL; names in it come from enumerations.
  ///   - arguments: the values of its parameters in their order.
  public init(_ sql: String, _ arguments: [SQLValue] = []) {
    self.sql = sql
    self.arguments = arguments
  }

  /// A condition that everybody meets.
  public static let everybody = SQLFragment("1")
  /// A condition that nobody meets.
  public static let nobody = SQLFragment("0")

  /// The condition that all of some conditions hold.
  public static func all(_ fragments: [SQLFragment]) -> SQLFragment {
    guard let first = fragments.first else { return .everybody }
    return fragments.dropFirst().reduce(first) { left, right in
      SQLFragment("(\(left.sql) AND \(right.sql))", left.arguments + right.arguments)
    }
  }
}
