import SQLiteStore
import TextFormats

/// A condition in SQL while it is put together. Each is 0 or 1 for every member, never NULL, so that
/// NOT is its exact complement.
///
/// SQLite bounds what it reads: its parser has a stack of 100 entries, its trees a height of 1,000. Chains
/// of thousands are therefore halved again and again, a deeply nested part comes before its neighbours
/// (what is left of an operator is reduced to one entry before the rest is read), and there are no
/// more parentheses than the operators need.
struct SQLCondition {
  /// What holds a condition together, from the loosest; it decides where parentheses are needed.
  private enum Form: Int, Comparable {
    case or, and, single

    static func < (left: Form, right: Form) -> Bool { left.rawValue < right.rawValue }
  }

  private(set) var sql: String
  private(set) var arguments: [SQLValue]
  private var form: Form
  /// At least the height of its tree.
  private(set) var height: Int
  /// At least the entries of the parser's stack that reading it takes.
  private(set) var stack: Int

  /// A condition without AND and OR outside of parentheses.
  /// - Parameter arguments: the values of its parameters in their order.
  init(_ sql: String, _ arguments: [SQLValue] = []) {
    self.sql = sql
    self.arguments = arguments
    form = .single
    // What the deepest of our conditions takes: a membership in a list within a subquery.
    height = 8
    stack = 22
  }

  private static let ordinaryStack = 26

  static let everybody = SQLCondition("1")
  static let nobody = SQLCondition("0")

  var negated: SQLCondition {
    var result = parenthesized(unless: form == .single)
    result.sql = "NOT " + result.sql
    result.height += 1
    result.stack += 1
    return result
  }

  static func all(_ conditions: [SQLCondition]) -> SQLCondition {
    balanced(conditions[...], .and) ?? .everybody
  }

  static func any(_ conditions: [SQLCondition]) -> SQLCondition {
    balanced(conditions[...], .or) ?? .nobody
  }

  private static func balanced(_ conditions: ArraySlice<SQLCondition>, _ form: Form) -> SQLCondition? {
    guard conditions.count > 1 else { return conditions.first }
    let middle = conditions.startIndex + conditions.count / 2
    guard let first = balanced(conditions[..<middle], form),
      let second = balanced(conditions[middle...], form)
    else { return nil }
    // Conditions that nobody nested stay in their order, which may well put the cheap ones first.
    let isDeepSecond = second.stack > max(first.stack, ordinaryStack)
    return joined(isDeepSecond ? second : first, isDeepSecond ? first : second, form)
  }

  private static func joined(_ first: SQLCondition, _ second: SQLCondition, _ form: Form) -> SQLCondition {
    let left = first.parenthesized(unless: first.form >= form)
    // Without parentheses the right one would become a part of the left, and chains high.
    let right = second.parenthesized(unless: second.form > form)
    var result = left
    result.sql += (form == .and ? " AND " : " OR ") + right.sql
    result.arguments += right.arguments
    result.form = form
    result.height = max(left.height, right.height) + 1
    result.stack = max(left.stack, right.stack + 2)
    return result
  }

  private func parenthesized(unless isUnneeded: Bool) -> SQLCondition {
    guard !isUnneeded else { return self }
    var result = self
    result.sql = "(" + sql + ")"
    result.form = .single
    result.stack += 1
    return result
  }

  /// `expression IN (…)`. A long list is one parameter, a JSON array, as SQLite bounds their number.
  /// - Parameters:
  ///   - expression: SQL that is never NULL, or whose NULL is taken care of outside.
  ///   - values: texts, at least one.
  static func membership(_ expression: String, _ values: [String]) -> SQLCondition {
    guard values.count > 100 else {
      let marks = [String](repeating: "?", count: values.count).joined(separator: ", ")
      return SQLCondition("\(expression) IN (\(marks))", values.map(SQLValue.text))
    }
    let list = JSONWriter.string(.strings(values))
    return SQLCondition("\(expression) IN (SELECT value FROM json_each(?))", [.text(list)])
  }
}
