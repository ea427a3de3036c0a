/// A condition on members, as a tree.
public indirect enum FilterExpression: Equatable, Sendable {
  /// All of them hold; without any, everybody is meant.
  case all([FilterExpression])
  /// At least one of them holds; without any, nobody is meant.
  case any([FilterExpression])
  case not(FilterExpression)
  case condition(FilterCondition)

  /// A condition that compares a field with one value.
  public static func compare(
    _ field: FilterField, _ comparison: FilterOperator, _ text: String
  ) -> FilterExpression {
    .condition(FilterCondition(field, .compare(comparison, FilterValue(text))))
  }

  /// A condition that a field has one of some values.
  public static func oneOf(_ field: FilterField, _ texts: [String]) -> FilterExpression {
    .condition(FilterCondition(field, .oneOf(texts.map { FilterValue($0) })))
  }

  /// A condition that a field has no value.
  public static func isEmpty(_ field: FilterField) -> FilterExpression {
    .condition(FilterCondition(field, .isEmpty))
  }
}

/// A field and what is asked of it.
public struct FilterCondition: Equatable, Sendable {
  /// What is compared.
  public var field: FilterField
  /// With what.
  public var test: Test

  /// What is asked of the field.
  public enum Test: Equatable, Sendable {
    case compare(FilterOperator, FilterValue)
    case oneOf([FilterValue])
    case isEmpty
  }

  /// A condition on a field.
  public init(_ field: FilterField, _ test: Test) {
    self.field = field
    self.test = test
  }
}

/// A value that somebody typed, and where.
public struct FilterValue: Equatable, Sendable {
  /// The value as it was typed, without quotes.
  public var text: String
  /// Whether it looks like a relative time but stood in quotes, so that a custom field is compared with
  /// the text itself.
  public var isLiteral: Bool
  /// Where it stands in the expression, in Unicode scalars from 1; nil where it was not typed as a part of one.
  public var column: Int?

  /// A value, wherever it was typed.
  public init(_ text: String, isLiteral: Bool = false, column: Int? = nil) {
    self.text = text
    self.isLiteral = isLiteral
    self.column = column
  }

  /// Values are equal that mean the same, wherever they stand.
  public static func == (left: FilterValue, right: FilterValue) -> Bool {
    left.text.unicodeScalars.elementsEqual(right.text.unicodeScalars) && left.isLiteral == right.isLiteral
  }
}

/// A filter expression that was read and found right, but for the groups that it names.
public struct Filter: Equatable, Sendable {
  /// What it asks for.
  public var expression: FilterExpression
  /// The text it was read from, for messages; nil where it was put together otherwise.
  public var source: String?

  /// A filter of an expression whose fields and values are right.
  public init(_ expression: FilterExpression, source: String? = nil) {
    self.expression = expression
    self.source = source
  }

  /// Reads a filter expression.
  /// - Parameter text: at most 64 KiB.
  /// - Throws: `CareError(.validation)` that marks the place of every mistake.
  public init(parsing text: String) throws {
    var parser = try FilterParser(text)
    self.init(try parser.parse(), source: text)
  }
}
