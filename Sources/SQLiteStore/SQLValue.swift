/// A value as SQLite stores it.
public enum SQLValue: Equatable, Sendable {
  case null
  case integer(Int64)
  case real(Double)
  case text(String)
  case blob([UInt8])

  /// A text, or NULL where there is none.
  public static func optional(_ text: String?) -> SQLValue { text.map(SQLValue.text) ?? .null }
  /// An integer.
  public static func int(_ value: Int) -> SQLValue { .integer(Int64(value)) }
  /// 1 for true, 0 for false: SQLite has no type of its own for them.
  public static func bool(_ value: Bool) -> SQLValue { .integer(value ? 1 : 0) }
}

extension SQLValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByNilLiteral {
  /// A text.
  public init(stringLiteral value: String) { self = .text(value) }
  /// An integer.
  public init(integerLiteral value: Int64) { self = .integer(value) }
  /// NULL.
  public init(nilLiteral: ()) { self = .null }
}
