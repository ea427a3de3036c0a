import SQLiteStore
import TextFormats

/// The SQL of single conditions. Each is 0 or 1, never NULL: `x = ? AND x IS NOT NULL` is, and can use an
/// index, a partial one too; elsewhere `ifnull` makes 0 of the outcome.
struct FilterConditionSQL {
  let clock: Clock

  /// - Throws: `FilterProblem` for a relative time that leaves the calendar.
  func compile(_ condition: FilterCondition) throws -> SQLCondition {
    let field = condition.field
    switch condition.test {
    case .isEmpty: return isEmpty(field)
    case .oneOf(let values): return try isOne(of: values, field)
    case .compare(.notEqual, let value): return try compare(field, .equal, value).negated
    case .compare(let comparison, let value): return try compare(field, comparison, value)
    }
  }

  private func compare(_ field: FilterField, _ comparison: FilterOperator, _ value: FilterValue) throws
    -> SQLCondition
  {
    let times = FilterTimeSQL(clock: clock)
    switch field {
    case .age: return times.age(comparison, value)
    case .custom(let name): return try custom(name, comparison.rawValue, customValue(value))
    case .member(let member):
      let column = FilterConditionSQL.column(member)
      switch field.kind {
      case .date, .birthday: return try times.date(column, comparison, value)
      case .moment: return try times.moment(column, comparison, value)
      case .identifier: return identifier(column, comparison, value.text)
      case .phone: return part(of: "m.phone_digits", comparison, PhoneDigits.of(value.text))
      case .choice(let choices): return isOne(of: [value], choices, member)
      case .tag: return tag(comparison, value.text)
      case .text where member == .email && comparison == .equal && value.text.utf8.allSatisfy { $0 < 0x80 }:
        return known(column, SQLCondition("m.email = ? COLLATE NOCASE", [.text(value.text)]))
      case .text, .group, .customFields, .age, .custom: return text(column, comparison, value.text)
      }
    }
  }

  private func isOne(of values: [FilterValue], _ field: FilterField) throws -> SQLCondition {
    switch (field, field.kind) {
    case (.member(let member), .choice(let choices)): return isOne(of: values, choices, member)
    case (.member(.email), _) where values.allSatisfy({ $0.text.utf8.allSatisfy { $0 < 0x80 } }):
      return known("m.email", .membership("m.email COLLATE NOCASE", values.map(\.text)))
    case (.member(let member), .text):
      let folded = values.map { CaseFolding.fold($0.text) }
      return orNull(.membership("casefold(\(FilterConditionSQL.column(member)))", folded))
    case (_, .phone):
      return known("m.phone_digits", .membership("m.phone_digits", values.map { PhoneDigits.of($0.text) }))
    case (_, .identifier): return .membership("m.id", values.map { CaseFolding.fold($0.text) })
    default: return .any(try values.map { try compare(field, .equal, $0) })
    }
  }

  private func isEmpty(_ field: FilterField) -> SQLCondition {
    switch field {
    case .age: return FilterTimeSQL.ageIsUnknown
    case .custom(let name):
      return SQLCondition("NOT (m.custom_fields <> '{}' AND has_custom(m.custom_fields, ?))", [.text(name)])
    case .member(.tags): return SQLCondition("ifnull(m.tags, '[]') = '[]'")
    case .member(.customFields): return SQLCondition("ifnull(m.custom_fields, '{}') = '{}'")
    case .member(.groups): return FilterConditionSQL.hasNoGroup
    case .member(.optOuts):
      return SQLCondition("m.id NOT IN (SELECT member_id FROM member_consents WHERE state = 'out')")
    case .member(let member):
      let column = FilterConditionSQL.column(member)
      return SQLCondition("(\(column) IS NULL OR \(column) = '')")
    }
  }

  // MARK: Kinds of values

  private func text(_ column: String, _ comparison: FilterOperator, _ value: String) -> SQLCondition {
    let folded = CaseFolding.fold(value)
    switch comparison {
    case .equal, .notEqual: return SQLCondition("text_equals(\(column), ?)", [.text(folded)])
    case .contains: return SQLCondition("text_contains(\(column), ?)", [.text(folded)])
    case .startsWith: return SQLCondition("text_starts_with(\(column), ?)", [.text(folded)])
    case .less, .lessOrEqual, .greater, .greaterOrEqual:
      return part(of: "casefold(\(column))", comparison, folded)
    }
  }

  /// Ids are small letters; they are compared as they are, so that the index finds them.
  private func identifier(_ column: String, _ comparison: FilterOperator, _ value: String) -> SQLCondition {
    part(of: column, comparison, CaseFolding.fold(value))
  }

  /// `instr` and `substr` know no wildcards, unlike `LIKE`.
  private func part(of expression: String, _ comparison: FilterOperator, _ value: String) -> SQLCondition {
    switch comparison {
    case .equal, .notEqual: return known(expression, SQLCondition("\(expression) = ?", [.text(value)]))
    case .contains: return SQLCondition("ifnull(instr(\(expression), ?) > 0, 0)", [.text(value)])
    case .startsWith:
      return SQLCondition(
        "ifnull(substr(\(expression), 1, ?) = ?, 0)",
        [.int(value.unicodeScalars.count), .text(value)])
    case .less, .lessOrEqual, .greater, .greaterOrEqual:
      return orNull(SQLCondition("\(expression) \(comparison.rawValue) ?", [.text(value)]))
    }
  }

  private func isOne(of values: [FilterValue], _ choices: [String], _ field: MemberField) -> SQLCondition {
    let chosen = values.compactMap { FilterValueCheck.choice($0.text, among: choices) }
    guard !chosen.isEmpty else { return .nobody }
    if field == .optOuts {
      let channel = SQLCondition.membership("channel", chosen)
      return SQLCondition(
        "m.id IN (SELECT member_id FROM member_consents WHERE state = 'out' AND \(channel.sql))",
        channel.arguments)
    }
    let column = FilterConditionSQL.column(field)
    if chosen.count == 1 { return known(column, SQLCondition("\(column) = ?", chosen.map(SQLValue.text))) }
    let membership = SQLCondition.membership(column, Array(Set(chosen)).sorted())
    return known(column, membership)
  }

  /// Most members have few tags or none; those without are passed over before Swift is called.
  private func tag(_ comparison: FilterOperator, _ value: String) -> SQLCondition {
    let function =
      switch comparison {
      case .contains: "tag_contains"
      case .startsWith: "tag_starts_with"
      default: "has_tag"
      }
    return SQLCondition(
      "(m.tags <> '[]' AND \(function)(m.tags, ?))", [.text(CaseFolding.fold(value))])
  }

  private func custom(_ name: String, _ comparison: String, _ value: String) throws -> SQLCondition {
    SQLCondition(
      "(m.custom_fields <> '{}' AND custom_matches(m.custom_fields, ?, ?, ?))",
      [.text(name), .text(comparison), .text(CaseFolding.fold(value))])
  }

  /// What a custom field is compared with: a relative time, if not in quotes, is the date it leads to.
  private func customValue(_ value: FilterValue) throws -> String {
    guard !value.isLiteral, let time = TimeExpression.read(value.text), case .relative = time else {
      return value.text
    }
    return try FilterTimeSQL(clock: clock).resolve(value) { try time.date(now: $0, zone: $1) }.description
  }

  /// The comparison and NOT NULL: 0 or 1, and still the form in which a partial index can be used.
  private func known(_ column: String, _ comparison: SQLCondition) -> SQLCondition {
    SQLCondition("(\(comparison.sql) AND \(column) IS NOT NULL)", comparison.arguments)
  }

  private func orNull(_ condition: SQLCondition) -> SQLCondition {
    SQLCondition("ifnull(\(condition.sql), 0)", condition.arguments)
  }

  // MARK: Groups

  static let hasNoGroup = SQLCondition(
    "NOT EXISTS (SELECT 1 FROM member_group_assignments WHERE member_id = m.id)")

  static func isInGroup(_ ids: [String]) -> SQLCondition {
    guard !ids.isEmpty else { return .nobody }
    let group =
      ids.count == 1 ? SQLCondition("group_id = ?", ids.map(SQLValue.text)) : .membership("group_id", ids)
    return SQLCondition(
      "m.id IN (SELECT member_id FROM member_group_assignments WHERE \(group.sql))", group.arguments)
  }

  /// The column of a field, qualified. Fields come from the enumeration, never from a user.
  private static func column(_ field: MemberField) -> String { "m." + field.column }
}
