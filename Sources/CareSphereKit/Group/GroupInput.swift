import TextFormats

/// What `group add` and `group update` were given: flags, and the body of `--from-json`. Filters are read
/// here, but that the groups they name exist is for the caller to see.
public struct GroupInput: Sendable {
  /// The fields, by the names of the API design.
  public enum Field: String, CaseIterable, Sendable {
    case name, description, type, color, icon, query
  }

  private var given: [Field: JSONValue] = [:]
  private var problems: [CareError.FieldProblem] = []

  /// - Parameters:
  ///   - flags: values by field, as typed.
  ///   - body: the request body of `--from-json`; `null` and "" empty a field.
  /// - Throws: `CareError(.usage)` for a field that is given both ways.
  public init(flags: [(field: Field, value: String)], body: JSONValue? = nil) throws {
    for (field, value) in flags { given[field] = .string(value) }
    guard let body else { return }
    try RequestFields.read(
      body, of: "a group", aliases: ["groupType": Field.type, "where": .query], into: &given, &problems)
  }

  /// Whether nothing was given.
  public var isEmpty: Bool { given.isEmpty && problems.isEmpty }

  /// The values of a new group.
  /// - Throws: `CareError(.validation)` with every value that is wrong.
  public func values() throws -> GroupValues { try values(over: GroupValues(name: "")) }

  /// The values of a group after what was given; what is empty is emptied, and without its filter a group
  /// is no longer dynamic.
  /// - Throws: `CareError(.validation)` with every value that is wrong.
  public func values(over before: GroupValues) throws -> GroupValues {
    var values = before
    var problems = problems
    for field in Field.allCases {
      guard let raw = given[field] else { continue }
      do throws(ValueProblem) {
        let text = try Self.text(FieldChecks.text(raw), field)
        switch field {
        case .name: values.name = text ?? ""
        case .description: values.description = text
        case .type: values.type = text
        case .color: values.color = text
        case .icon: values.icon = text
        case .query: values.query = text
        }
      } catch {
        problems.append(.init(field.rawValue, error.reason))
      }
    }
    if values.name.isEmpty, !problems.contains(where: { $0.field == "name" }) {
      problems.append(.init("name", "is empty: a group needs a name"))
    }
    guard problems.isEmpty else { throw CareError.wrongValues(problems) }
    return values
  }

  private static func text(_ raw: String, _ field: Field) throws(ValueProblem) -> String? {
    let values = MemberValues(clock: Clock(zone: .utc))
    switch field {
    case .name: return try values.groupName(raw)
    case .description: return try values.notes(raw)
    case .type, .icon: return try values.line(raw, limit: 50)
    case .color: return try values.line(raw, limit: 20)
    case .query: return try values.line(raw)
    }
  }

  /// A group's name as it is stored.
  /// - Throws: `CareError(.validation)` for what cannot be a name.
  static func name(_ raw: String) throws -> String {
    try GroupInput(flags: [(.name, raw)]).values().name
  }
}
