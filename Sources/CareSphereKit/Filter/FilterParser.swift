import TextFormats

/// Reads filter expressions, by recursive descent:
///
///     or        = and { "or" and }
///     and       = not { "and" not }
///     not       = { "not" } ( "(" or ")" | condition )
///     condition = field ( comparison value | [ "not" ] ( "contains" | "startsWith" ) value
///               | [ "not" ] "in" "(" value { "," value } ")" | "is" [ "not" ] "empty" )
///
/// What is wrong with a field or a value is collected, so that one message tells of all of it; what
/// breaks the grammar ends the reading.
struct FilterParser {
  /// The most bytes that an expression may have.
  static let maximumLength = 65_536
  /// How deep parentheses may be nested: as deep as SQLite can read what becomes of them.
  static let maximumDepth = 40
  /// More mistakes than this are not worth telling.
  private static let maximumProblems = 20

  private let source: String
  private var lexer: FilterLexer
  private var token: FilterToken
  private var depth = 0
  private var problems: [FilterProblem] = []

  /// - Throws: `CareError(.validation)` for a text that is too long or begins with what is no token.
  init(_ text: String) throws {
    guard text.utf8.count <= FilterParser.maximumLength else {
      throw CareError(
        .validation, "the filter has \(text.utf8.count) bytes; the most are \(FilterParser.maximumLength)")
    }
    source = text
    lexer = FilterLexer(text)
    do {
      token = try lexer.next()
    } catch {
      throw FilterReport.error([error], in: text)
    }
  }

  /// - Throws: `CareError(.validation)` with every mistake that was found.
  mutating func parse() throws -> FilterExpression {
    do {
      let expression = try disjunction()
      if token.kind != .end { throw surplus() }
      guard problems.isEmpty else { throw FilterReport.error(problems, in: source) }
      return expression
    } catch let problem as FilterProblem {
      throw FilterReport.error(problems + [problem], in: source)
    }
  }

  // MARK: Conditions among each other

  private mutating func disjunction() throws(FilterProblem) -> FilterExpression {
    var parts = [try conjunction()]
    while token.keyword == .or {
      try advance()
      parts.append(try conjunction())
    }
    return parts.count == 1 ? parts[0] : .any(parts)
  }

  private mutating func conjunction() throws(FilterProblem) -> FilterExpression {
    var parts = [try negation()]
    while token.keyword == .and {
      try advance()
      parts.append(try negation())
    }
    return parts.count == 1 ? parts[0] : .all(parts)
  }

  /// Two `not` cancel out, so that no number of them makes the tree deeper than one.
  private mutating func negation() throws(FilterProblem) -> FilterExpression {
    var isNegated = false
    while token.keyword == .not {
      isNegated.toggle()
      try advance()
    }
    let expression = try token.kind == .open ? parenthesized() : condition()
    return isNegated ? .not(expression) : expression
  }

  private mutating func parenthesized() throws(FilterProblem) -> FilterExpression {
    let opening = token.column
    guard depth < FilterParser.maximumDepth else {
      throw FilterProblem(
        column: opening, reason: "more than \(FilterParser.maximumDepth) parentheses inside each other")
    }
    depth += 1
    defer { depth -= 1 }
    try advance()
    let expression = try disjunction()
    if token.kind == .end {
      throw FilterProblem(column: opening, reason: "the parenthesis is never closed")
    }
    guard token.kind == .close else { throw surplus() }
    try advance()
    return expression
  }

  // MARK: One condition

  private mutating func condition() throws(FilterProblem) -> FilterExpression {
    let field = try self.field()
    let isNegated = token.keyword == .not
    if isNegated { try advance() }
    let expression = try test(field, allowsSymbols: !isNegated)
    return isNegated ? .not(expression) : expression
  }

  /// The field; nil for an unknown one, which is noted.
  private mutating func field() throws(FilterProblem) -> FilterField? {
    let name = token
    switch name.kind {
    case .word where name.keyword == nil:
      try advance()
      if let field = FilterField(named: name.text) { return field }
    case .customField:
      try advance()
      if !name.text.isEmpty { return .custom(name.text) }
    default:
      throw missing("a condition", hint: "a condition is a field, an operator and a value: status = active")
    }
    note(
      name.column, "there is no field “\(VisibleText.of(String(name.text.prefix(100))))”",
      hint: FilterHint.field(name.text))
    return nil
  }

  private mutating func test(_ field: FilterField?, allowsSymbols: Bool) throws(FilterProblem)
    -> FilterExpression
  {
    let place = token
    switch (place.kind, place.keyword) {
    case (.comparison(let comparison), _) where allowsSymbols:
      return try compare(field, comparison, at: place)
    case (_, .contains): return try compare(field, .contains, at: place)
    case (_, .startsWith): return try compare(field, .startsWith, at: place)
    case (_, .in): return try membership(field, at: place)
    case (_, .is) where allowsSymbols: return try emptiness(field)
    default: throw missingOperator(at: place)
    }
  }

  private mutating func compare(
    _ field: FilterField?, _ comparison: FilterOperator, at place: FilterToken
  ) throws(FilterProblem) -> FilterExpression {
    try advance()
    let value = try self.value(after: place)
    guard let field else { return .all([]) }
    if field.kind.operators.contains(comparison) {
      check(value, for: field, comparison)
    } else {
      note(
        place.column, "\(field.name) does not take \(comparison.rawValue)",
        hint: FilterHint.operators(of: field))
    }
    return .condition(FilterCondition(field, .compare(comparison, value)))
  }

  private mutating func membership(_ field: FilterField?, at place: FilterToken) throws(FilterProblem)
    -> FilterExpression
  {
    try advance()
    guard token.kind == .open else {
      throw missing("the list", hint: "a list is in parentheses: city in (Lagos, \"New York\")")
    }
    let opening = token
    var values: [FilterValue] = []
    repeat {
      try advance()
      values.append(try value(after: opening))
    } while token.kind == .comma
    if token.kind == .end {
      throw FilterProblem(column: opening.column, reason: "the list is never closed")
    }
    guard token.kind == .close else { throw surplus(inList: true) }
    try advance()
    guard let field else { return .all([]) }
    if field.kind.operators.contains(.equal) {
      for value in values { check(value, for: field, .equal) }
    } else {
      note(place.column, "\(field.name) does not take in", hint: FilterHint.operators(of: field))
    }
    return .condition(FilterCondition(field, .oneOf(values)))
  }

  private mutating func emptiness(_ field: FilterField?) throws(FilterProblem) -> FilterExpression {
    try advance()
    let isNegated = token.keyword == .not
    if isNegated { try advance() }
    guard token.keyword == .empty else {
      throw FilterProblem(
        column: token.column, reason: "“empty” should stand here",
        hint: "write is empty or is not empty, or = before a value")
    }
    try advance()
    guard let field else { return .all([]) }
    let expression = FilterExpression.isEmpty(field)
    return isNegated ? .not(expression) : expression
  }

  private mutating func value(after place: FilterToken) throws(FilterProblem) -> FilterValue {
    let value = token
    switch value.kind {
    case .word, .quoted, .customField: break
    default: throw missing("a value", hint: FilterHint.doubledOperator(place.text + value.text))
    }
    try advance()
    if value.keyword == .and || value.keyword == .or, !endsValue {
      throw FilterProblem(
        column: value.column, reason: "a value is missing before “\(value.text)”",
        hint: "a value that is called so is put in quotes")
    }
    let text = value.kind == .customField ? "custom." + value.text : value.text
    var isRelative = false
    if case .relative? = TimeExpression.read(text) { isRelative = true }
    return FilterValue(text, isLiteral: isRelative && value.kind != .word, column: value.column)
  }

  /// Whether the token can follow a value.
  private var endsValue: Bool {
    switch token.kind {
    case .end, .close, .comma: true
    default: token.keyword == .and || token.keyword == .or
    }
  }

  // MARK: Mistakes

  private mutating func advance() throws(FilterProblem) { token = try lexer.next() }

  private mutating func note(_ column: Int, _ reason: String, hint: String?) {
    guard problems.count < FilterParser.maximumProblems else { return }
    problems.append(FilterProblem(column: column, reason: reason, hint: hint))
  }

  private mutating func check(_ value: FilterValue, for field: FilterField, _ comparison: FilterOperator) {
    guard let problem = FilterValueCheck.problem(with: value, for: field, comparison) else { return }
    note(value.column ?? 1, problem.reason, hint: problem.hint)
  }

  /// What the token looks like in a message.
  private var shown: String {
    token.kind == .end ? "the end" : "“\(VisibleText.of(String(token.text.prefix(100))))”"
  }

  private func missing(_ what: String, hint: String?) -> FilterProblem {
    FilterProblem(column: token.column, reason: "\(what) should stand here, not \(shown)", hint: hint)
  }

  private func missingOperator(at place: FilterToken) -> FilterProblem {
    let reason = "an operator should stand here, not \(shown)"
    return FilterProblem(
      column: place.column, reason: reason,
      hint: FilterHint.operatorName(place.kind == .word ? place.text : ""))
  }

  private func surplus(inList: Bool = false) -> FilterProblem {
    switch token.kind {
    case .close: return FilterProblem(column: token.column, reason: "“)” closes nothing")
    case .word where token.keyword == nil, .quoted:
      let expected = inList ? "a comma or “)”" : "and, or, or the end"
      return FilterProblem(
        column: token.column, reason: "\(expected) should stand here, not \(shown)",
        hint: "a value of several words is put in quotes")
    default:
      return FilterProblem(column: token.column, reason: "\(shown) cannot stand here")
    }
  }
}
