import TextFormats

/// What the fields of records that people write have to be: of templates, messages, groups and rules.
enum FieldChecks {
  private static let lines = MemberValues(clock: Clock(zone: .utc))

  /// A text; `null` is an empty one.
  static func text(_ raw: JSONValue) throws(ValueProblem) -> String {
    switch raw {
    case .string(let text): return text
    case .null: return ""
    default: throw ValueProblem("has to be a text")
    }
  }

  /// Yes or no.
  static func bool(_ raw: JSONValue) throws(ValueProblem) -> Bool {
    guard case .bool(let value) = raw else { throw ValueProblem("has to be true or false") }
    return value
  }

  /// One of the words of `Choice`; nil where it is empty.
  static func choice<Choice: RawRepresentable & CaseIterable>(
    _ raw: JSONValue
  ) throws(ValueProblem) -> Choice? where Choice.RawValue == String {
    let word = try text(raw)
    if word.isEmpty { return nil }
    if let choice = Choice(rawValue: word) { return choice }
    throw ValueProblem("is none of \(Choice.allCases.map(\.rawValue).joined(separator: ", "))")
  }

  /// A list of texts; `null` is an empty one.
  /// - Parameter what: what they are, in the plural, for the reason.
  static func texts(_ raw: JSONValue, _ what: String) throws(ValueProblem) -> [String] {
    if raw == .null { return [] }
    guard case .array(let elements) = raw else { throw ValueProblem("has to be a list of \(what)") }
    var texts: [String] = []
    for element in elements { texts.append(try text(element)) }
    return texts
  }

  /// Mustache of one line; nil where it is empty.
  static func subject(_ raw: JSONValue) throws(ValueProblem) -> String? {
    let raw = try text(raw)
    // Before white space is taken off the ends, because a header that goes on is never meant.
    guard !raw.unicodeScalars.contains(where: LineBreak.isOne) else {
      throw ValueProblem("has a line break: a subject is one line")
    }
    guard let text = try lines.line(raw, limit: 255) else { return nil }
    try mustache(text)
    return text
  }

  /// Mustache of any length.
  static func content(_ raw: JSONValue) throws(ValueProblem) -> String {
    let content = try lines.notes(text(raw)) ?? ""
    try mustache(content)
    return content
  }

  /// Looks whether a text is right as Mustache; what its names mean is seen by whoever has the database.
  static func mustache(_ text: String) throws(ValueProblem) {
    let problems = MustacheTemplate.parse(text).problems
    if problems.isEmpty { return }
    let reasons = problems.map { "line \($0.position.line), column \($0.position.column): \($0.message)" }
    throw ValueProblem(reasons.joined(separator: "; "))
  }
}
