import TextFormats

/// What `template add` and `template update` were given: flags, and the body of `--from-json`.
public struct TemplateInput: Sendable {
  /// The fields, by the names of the API design.
  public enum Field: String, CaseIterable, Sendable {
    case name, description, templateType, category, subject, content, bodyFormat, variables, thumbnailUrl
    case isActive
  }

  private var given: [Field: JSONValue] = [:]
  private var problems: [CareError.FieldProblem] = []

  /// - Parameters:
  ///   - flags: values by field, as the body would have them; an empty text empties a field.
  ///   - body: the request body of `--from-json`; `null` and "" empty a field.
  /// - Throws: `CareError(.usage)` for a field that is given both ways.
  public init(flags: [(field: Field, value: JSONValue)], body: JSONValue? = nil) throws {
    for (field, value) in flags { given[field] = value }
    guard let body else { return }
    try RequestFields.read(
      body, of: "a template", aliases: ["type": .templateType], into: &given, &problems)
  }

  /// Whether nothing was given.
  public var isEmpty: Bool { given.isEmpty && problems.isEmpty }

  /// The values of a new template.
  /// - Throws: `CareError(.validation)` with every value that is wrong.
  public func values() throws -> TemplateValues { try values(over: TemplateValues(name: "", content: "")) }

  /// The values of a template after what was given.
  /// - Throws: `CareError(.validation)` with every value that is wrong, mistakes in Mustache included.
  public func values(over before: TemplateValues) throws -> TemplateValues {
    var values = before
    var problems = problems
    for field in Field.allCases {
      guard let raw = given[field] else { continue }
      do throws(ValueProblem) {
        try Self.set(field, raw, in: &values)
      } catch {
        problems.append(.init(field.rawValue, error.reason))
      }
    }
    func require(_ field: Field, _ isThere: Bool, _ reason: String) {
      if !isThere, !problems.contains(where: { $0.field == field.rawValue }) {
        problems.append(.init(field.rawValue, reason))
      }
    }
    require(.name, !values.name.isEmpty, "is empty: a template needs a name")
    require(.content, !values.content.isEmpty, "is empty: a template needs a content")
    require(
      .bodyFormat, values.bodyFormat == .text || values.type == .email,
      "is \(values.bodyFormat.rawValue), but only e-mail has it; \(values.type.rawValue) is text")
    guard problems.isEmpty else { throw CareError.wrongValues(problems) }
    return values
  }

  // MARK: Values

  private static func set(
    _ field: Field, _ raw: JSONValue, in values: inout TemplateValues
  ) throws(ValueProblem) {
    let checks = MemberValues(clock: Clock(zone: .utc))
    switch field {
    case .name: values.name = try checks.line(FieldChecks.text(raw), limit: 255) ?? ""
    case .description: values.description = try checks.notes(FieldChecks.text(raw))
    case .templateType: values.type = try FieldChecks.choice(raw) ?? .email
    case .category: values.category = try checks.line(FieldChecks.text(raw), limit: 100)
    case .subject: values.subject = try FieldChecks.subject(raw)
    case .content: values.content = try FieldChecks.content(raw)
    case .bodyFormat: values.bodyFormat = try FieldChecks.choice(raw) ?? .text
    case .variables: values.variables = try variables(raw, checks)
    case .thumbnailUrl: values.thumbnailURL = try checks.photoURL(FieldChecks.text(raw))
    case .isActive: values.isActive = try FieldChecks.bool(raw)
    }
  }

  private static func variables(_ raw: JSONValue, _ checks: MemberValues) throws(ValueProblem) -> [String] {
    var names = NameList()
    for text in try FieldChecks.texts(raw, "names") {
      guard let name = try checks.line(text, limit: 100) else { continue }
      guard !name.unicodeScalars.contains(where: { $0 == "{" || $0 == "}" || LineBreak.isOne($0) }) else {
        throw ValueProblem("has \(checks.quoted(name)), which is no name: write it without braces")
      }
      names.insert(name)
    }
    return names.names
  }
}
