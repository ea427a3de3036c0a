import TextFormats

/// What to write instead of a mistake.
enum FilterHint {
  /// The nearest field, or all of them.
  static func field(_ name: String) -> String {
    if let nearest = EditDistance.nearest(to: name, in: FilterField.names) {
      return "did you mean \(nearest)?"
    }
    return "the fields are \(list(FilterField.names)) and custom.NAME for your own"
  }

  /// The nearest operator, or all of them.
  static func operatorName(_ word: String) -> String {
    let symbols = ["=", "!=", "<", "<=", ">", ">="]
    let words = ["in", "contains", "startsWith", "is empty", "is not empty"]
    let meant = habits.first { CaseFolding.fold($0.word) == CaseFolding.fold(word) }?.meant
    if let meant = meant ?? EditDistance.nearest(to: word, in: words) { return "did you mean \(meant)?" }
    return "the operators are \(list(symbols + words))"
  }

  /// Words that other languages have for our operators.
  private static let habits: [(word: String, meant: String)] = [
    ("like", "contains"), ("has", "contains"), ("includes", "contains"), ("starts", "startsWith"),
    ("begins", "startsWith"), ("equals", "="), ("eq", "="), ("ne", "!="), ("lt", "<"), ("gt", ">"),
    ("null", "is empty"), ("exists", "is not empty"),
  ]

  /// What a field takes.
  static func operators(of field: FilterField) -> String {
    var words = field.kind.operators.map(\.rawValue)
    if words.contains("=") { words.append("in") }
    words.append("is empty")
    let own = field == .member(.customFields) ? "; its single fields are custom.NAME" : ""
    return "\(field.name) takes \(list(words))\(own)"
  }

  /// For operators as other languages write them, of which ours is the first half.
  static func doubledOperator(_ symbols: String) -> String? {
    switch symbols {
    case "==": "write one ="
    case "=>": "write >="
    case "=<": "write <="
    case "<>", "=!": "write !="
    default: nil
    }
  }

  /// `a, b or c`, as commas.
  static func list(_ words: [String]) -> String { words.joined(separator: ", ") }
}
