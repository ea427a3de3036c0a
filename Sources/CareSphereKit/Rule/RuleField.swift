import TextFormats

/// The fields of a member, as rules name them: by `MemberField`'s names, or `custom.NAME`.
enum RuleField {
  /// The fields that hold a day or a moment.
  private static let dates: [MemberField] = [.dateOfBirth, .joinDate, .createdAt, .updatedAt]
  /// The fields that the program itself sets, or that have actions of their own.
  private static let notSettable: [MemberField: String] = [
    .id: "is set by the program", .createdAt: "is set by the program", .updatedAt: "is set by the program",
    .groups: "is changed by the actions add_to_group and remove_from_group",
    .optOuts: "is each person's own decision; no rule can change it",
    .customFields: "is named field by field, as custom.NAME",
  ]
  /// What `member_updated` cannot tell of, because another trigger does or because it goes with every change.
  private static let notWatched: [MemberField: String] = [
    .id: "never changes", .createdAt: "never changes", .updatedAt: "changes with every other field",
    .groups: "is what the triggers group_joined and group_left are for",
  ]

  /// A field that can be watched for changes.
  static func changing(_ raw: String) throws(ValueProblem) -> String {
    let field = try named(raw)
    if case .member(let field) = field, let reason = notWatched[field] {
      throw ValueProblem("is \(field.rawValue), which \(reason)")
    }
    return name(of: field)
  }

  /// A field that a rule can set.
  static func settable(_ raw: String) throws(ValueProblem) -> String {
    let field = try named(raw)
    if case .member(let field) = field, let reason = notSettable[field] { throw ValueProblem(reason) }
    return name(of: field)
  }

  /// A field that holds dates.
  static func date(_ raw: String) throws(ValueProblem) -> String {
    let field = try named(raw)
    if case .member(let member) = field, !dates.contains(member) {
      let list = dates.map(\.rawValue).joined(separator: ", ")
      throw ValueProblem("is \(member.rawValue), which is no date: use one of \(list), or custom.NAME")
    }
    if case .custom(let name) = field, name.utf8.contains(where: { $0 == 0x22 || $0 == 0x5C || $0 < 0x20 }) {
      throw ValueProblem("is a field whose name has a quotation mark, backslash or control character in it")
    }
    return name(of: field)
  }

  /// The field of a trigger by the name that `date` gives it.
  static func dateField(_ name: String) -> DateTrigger.Field? {
    switch FilterField(named: name) {
    case .custom(let name)?: .custom(name)
    case .member(.dateOfBirth)?: .dateOfBirth
    case .member(.joinDate)?: .joinDate
    case .member(.createdAt)?: .createdAt
    case .member(.updatedAt)?: .updatedAt
    default: nil
    }
  }

  private static func named(_ raw: String) throws(ValueProblem) -> FilterField {
    let text = MemberValues.trimmed(raw)
    let field = FilterField(named: text)
    switch field {
    case .custom(let name)?:
      return .custom(try MemberValues(clock: Clock(zone: .utc)).customName(name))
    case .member?: return field ?? .age
    case .age?: throw ValueProblem("is age, which follows from dateOfBirth")
    case nil:
      let names = MemberField.allCases.map(\.rawValue) + ["custom.NAME"]
      let nearest = EditDistance.nearest(to: text, in: names).map { "; did you mean \($0)?" } ?? ""
      throw ValueProblem("is \(RuleConfig.shown(.string(raw))), which is no field of a member\(nearest)")
    }
  }

  private static func name(of field: FilterField) -> String {
    switch field {
    case .custom(let name): "custom.\(name)"
    case .member(let field): field.rawValue
    case .age: "age"
    }
  }
}
