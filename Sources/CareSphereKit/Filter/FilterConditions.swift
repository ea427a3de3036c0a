import TextFormats

extension FilterExpression {
  /// Reads the map form of conditions, as the API design has it in rules: `{"memberStatus":"active"}`.
  /// Each field must have its value, or one of a list; `null` means that it is empty. Fields of the
  /// organization's own are `custom.NAME`, or stand in an object under `customFields`.
  /// - Parameter conditions: fields and values; an empty map means everybody.
  /// - Throws: `CareError(.validation)` with every field that does not exist and every value that is none.
  public init(conditions: JSONObject) throws {
    var problems: [CareError.FieldProblem] = []
    var parts: [FilterExpression] = []
    for member in FilterExpression.flattened(conditions) {
      guard let field = FilterField(named: member.key) else {
        problems.append(.init(member.key, "there is no such field; \(FilterHint.field(member.key))"))
        continue
      }
      switch FilterExpression.condition(field, member.value) {
      case .success(let part): parts.append(part)
      case .failure(let problem): problems.append(.init(member.key, problem.reason))
      }
    }
    guard problems.isEmpty else {
      throw CareError(
        .validation, "the conditions are wrong",
        hint: "they map fields to values: {\"memberStatus\":\"active\"}",
        details: .fields(problems))
    }
    guard let first = parts.first, parts.count == 1 else {
      self = .all(parts)
      return
    }
    self = first
  }

  /// The fields, those under `customFields` among them.
  private static func flattened(_ conditions: JSONObject) -> [(key: String, value: JSONValue)] {
    conditions.members.flatMap { member in
      guard member.key == MemberField.customFields.rawValue, case .object(let own) = member.value else {
        return [(key: member.key, value: member.value)]
      }
      return own.members.map { (key: "custom.\($0.key)", value: $0.value) }
    }
  }

  private static func condition(_ field: FilterField, _ value: JSONValue) -> Result<
    FilterExpression, FilterProblem
  > {
    if case .null = value { return .success(.isEmpty(field)) }
    let values: [JSONValue]
    if case .array(let list) = value { values = list } else { values = [value] }
    guard field.kind.operators.contains(.equal) else {
      return .failure(FilterProblem(column: nil, reason: FilterHint.operators(of: field)))
    }
    var texts: [FilterValue] = []
    for value in values {
      guard let text = scalar(value) else {
        return .failure(FilterProblem(column: nil, reason: "a condition is a value or a list of values"))
      }
      if let problem = FilterValueCheck.problem(with: text, for: field, .equal) {
        return .failure(FilterProblem(column: nil, reason: "\(problem.reason); \(problem.hint)"))
      }
      texts.append(text)
    }
    guard let first = texts.first, texts.count == 1 else {
      return .success(texts.isEmpty ? .any([]) : .condition(FilterCondition(field, .oneOf(texts))))
    }
    return .success(.condition(FilterCondition(field, .compare(.equal, first))))
  }

  private static func scalar(_ value: JSONValue) -> FilterValue? {
    switch value {
    case .string(let text): FilterValue(text)
    case .number(let spelling): FilterValue(spelling)
    case .bool(let bool): FilterValue(bool ? "true" : "false")
    case .null, .array, .object: nil
    }
  }
}
