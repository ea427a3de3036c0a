/// Writes filters as they may be typed.
enum FilterPrinter {
  /// The expression as text, with no more parentheses than needed; reading it gives the same tree.
  static func text(_ expression: FilterExpression) -> String {
    switch expression {
    case .all(let parts): join(parts, by: " and ")
    case .any(let parts): join(parts, by: " or ")
    case .not(let part): "not " + operand(part)
    case .condition(let condition): text(condition)
    }
  }

  private static func join(_ parts: [FilterExpression], by word: String) -> String {
    parts.map(operand).joined(separator: word)
  }

  private static func operand(_ part: FilterExpression) -> String {
    switch part {
    case .all, .any: "(" + text(part) + ")"
    case .not, .condition: text(part)
    }
  }

  private static func text(_ condition: FilterCondition) -> String {
    let field = condition.field.name
    switch condition.test {
    case .isEmpty: return "\(field) is empty"
    case .compare(let comparison, let value): return "\(field) \(comparison.rawValue) \(text(value))"
    case .oneOf(let values): return "\(field) in (\(values.map(text).joined(separator: ", ")))"
    }
  }

  private static func text(_ value: FilterValue) -> String {
    value.isLiteral ? quoted(value.text) : word(value.text, isName: false)
  }

  /// The text as it is where it can stand bare, else in quotes.
  /// - Parameter isName: whether it follows `custom.`, where no word is reserved.
  static func word(_ text: String, isName: Bool) -> String {
    let isBare = !text.isEmpty && text.unicodeScalars.allSatisfy(FilterLexer.isBare)
    return isBare && (isName || FilterKeyword(text) == nil) ? text : quoted(text)
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      if scalar == "\"" || scalar == "\\" { result.unicodeScalars.append("\\") }
      result.unicodeScalars.append(scalar)
    }
    return result + "\""
  }
}

extension FilterExpression: CustomStringConvertible {
  /// The expression as it may be typed.
  public var description: String { FilterPrinter.text(self) }
}
