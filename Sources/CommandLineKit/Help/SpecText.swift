/// The phrases that help, man pages and tables of commands have in common.
extension ArgumentSpec {
  /// As it stands in a usage line: `FILE`, `[FILE]`, `MEMBER...`.
  public var usage: String {
    switch arity {
    case .one: name
    case .optional: "[\(name)]"
    case .oneOrMore: "\(name)..."
    case .zeroOrMore: "[\(name)...]"
    }
  }

  /// What it is, with the values that it takes.
  public var description: String { ([help] + value.notes).joined(separator: "; ") }
}

extension OptionSpec {
  /// As it is typed: `-f, --format FORMAT`.
  public var term: String {
    let long = placeholder.map { "\(flag) \($0)" } ?? flag
    return short.map { "-\($0), \(long)" } ?? long
  }

  /// What it does, with the values that it takes and where else they come from.
  public var description: String {
    var notes = value.notes
    if repeats { notes.append("may be repeated") }
    if let environment { notes.append("else from \(environment)") }
    return ([help] + notes).joined(separator: "; ")
  }
}

extension ValueKind {
  /// What there is to say of the values beyond the help text.
  var notes: [String] {
    switch self {
    case .text, .file, .directory, .name: []
    case .integer(let range): Self.rangeNote(range).map { [$0] } ?? []
    case .choice(let words): ["one of \(words.joined(separator: ", "))"]
    case .choices(let words): ["a comma-separated list of \(words.joined(separator: ", "))"]
    }
  }

  private static func rangeNote(_ range: ClosedRange<Int>) -> String? {
    switch (range.lowerBound, range.upperBound) {
    case (Int.min, Int.max): nil
    case (let lower, Int.max): "at least \(lower)"
    case (Int.min, let upper): "at most \(upper)"
    case (let lower, let upper): "\(lower) to \(upper)"
    }
  }
}

extension CommandSpec {
  /// The line that says how the command is typed.
  /// - Parameter path: its words, the program's name first and its own last.
  func usage(_ path: [String]) -> String {
    var words = path
    if !subcommands.isEmpty { words.append("COMMAND") }
    words += arguments.map(\.usage)
    words.append("[FLAGS]")
    return words.joined(separator: " ")
  }

  /// The paragraphs of the discussion; each is a list of lines, of which those that begin with two spaces stay as
  /// they are and the others flow.
  var paragraphs: [[String]] { Self.paragraphs(of: discussion) }

  static func paragraphs(of text: String) -> [[String]] {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    return lines.split(whereSeparator: \.isEmpty).map(Array.init)
  }
}
