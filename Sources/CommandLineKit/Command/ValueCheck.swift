import TextFormats

/// What is wrong with a value: the end of a sentence that begins with the name of its flag, and a hint.
struct ValueProblem: Equatable {
  var reason: String
  var hint: String?
}

extension ValueKind {
  /// The words of a comma-separated value, without white space at their ends and without empty ones.
  static func words(of value: String) -> [String] {
    value.unicodeScalars.split(separator: ",").compactMap { part in
      var scalars = part.drop(while: \.properties.isWhitespace)
      while scalars.last?.properties.isWhitespace == true { scalars.removeLast() }
      return scalars.isEmpty ? nil : String(scalars)
    }
  }

  /// Compares a value with its declaration.
  /// - Returns: nil where it is right.
  func problem(with value: String) -> ValueProblem? {
    switch self {
    case .text, .file, .directory, .name: nil
    case .integer(let range): Self.integerProblem(value, range)
    case .choice(let words): Self.choiceProblem(value, words)
    case .choices(let words): Self.choicesProblem(value, words)
    }
  }

  private static func integerProblem(_ value: String, _ range: ClosedRange<Int>) -> ValueProblem? {
    if let number = Int(value), range.contains(number) { return nil }
    let wanted =
      switch (range.lowerBound, range.upperBound) {
      case (Int.min, Int.max): "a whole number"
      case (let lower, Int.max): "a whole number of at least \(lower)"
      case (Int.min, let upper): "a whole number of at most \(upper)"
      case (let lower, let upper): "a whole number from \(lower) to \(upper)"
      }
    return ValueProblem(reason: "takes \(wanted), not \(UsageError.quote(value))")
  }

  private static func choicesProblem(_ value: String, _ words: [String]) -> ValueProblem? {
    let given = Self.words(of: value)
    if given.isEmpty { return choiceProblem(value, words) }
    return given.lazy.compactMap { choiceProblem($0, words) }.first
  }

  private static func choiceProblem(_ value: String, _ words: [String]) -> ValueProblem? {
    if words.contains(value) { return nil }
    let list = words.joined(separator: ", ")
    return ValueProblem(
      reason: "takes one of \(list), not \(UsageError.quote(value))",
      hint: EditDistance.nearest(to: value, in: words).map { "did you mean \"\($0)\"?" })
  }
}
