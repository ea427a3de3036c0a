import SQLiteStore

/// The SQL of conditions on dates, moments and ages. They compare the columns as they are, so that an
/// index on one is of use; what is stored sorts as text.
struct FilterTimeSQL {
  let clock: Clock

  /// Runs `body` with the time that relative values count from.
  /// - Throws: `FilterProblem` that marks the value.
  func resolve<T>(_ value: FilterValue, _ body: (Timestamp, Zone) throws -> T) throws -> T {
    do {
      return try body(clock.effective, clock.zone)
    } catch let error as CareError {
      throw FilterProblem(column: value.column, reason: error.message, hint: error.hint)
    }
  }

  // MARK: Dates

  /// A date of birth without a year begins with `-` and so sorts before all others; nothing is known of
  /// what is before or after it.
  private static let sinceYears = ">= '0'"

  func date(_ column: String, _ comparison: FilterOperator, _ value: FilterValue) throws -> SQLCondition {
    switch comparison {
    case .contains:
      return SQLCondition("ifnull(instr(\(column), ?) > 0, 0)", [.text(value.text)])
    case .startsWith:
      let length = value.text.unicodeScalars.count
      return SQLCondition("ifnull(substr(\(column), 1, ?) = ?, 0)", [.int(length), .text(value.text)])
    case .equal, .notEqual:
      return SQLCondition("(\(column) = ? AND \(column) IS NOT NULL)", [.text(try dateText(value))])
    case .less, .lessOrEqual, .greater, .greaterOrEqual:
      return known(column, comparison.rawValue, try dateText(value))
    }
  }

  private func known(_ column: String, _ comparison: String, _ date: String) -> SQLCondition {
    SQLCondition(
      "(\(column) \(comparison) ? AND \(column) \(FilterTimeSQL.sinceYears) AND \(column) IS NOT NULL)",
      [.text(date)])
  }

  private func dateText(_ value: FilterValue) throws -> String {
    guard let time = TimeExpression.read(value.text) else { return value.text }
    return try resolve(value) { try time.date(now: $0, zone: $1) }.description
  }

  // MARK: Ages

  static let ageIsUnknown = SQLCondition("(m.date_of_birth IS NULL OR m.date_of_birth < '0')")

  func age(_ comparison: FilterOperator, _ value: FilterValue) -> SQLCondition {
    guard let years = FilterValueCheck.age(value.text) else { return .nobody }
    switch comparison {
    case .greaterOrEqual: return hasReached(years)
    case .greater: return hasReached(years + 1)
    case .less: return hasNotReached(years)
    case .lessOrEqual: return hasNotReached(years + 1)
    case .equal, .notEqual, .contains, .startsWith:
      return .all([hasReached(years), hasNotReached(years + 1)])
    }
  }

  /// Born on or before today's day of that many years ago. Where that year lacks today's 29 February, the
  /// day before it is meant, as nobody was born on the 29th then.
  private func hasReached(_ years: Int) -> SQLCondition {
    guard let date = clock.today.adding(years: -years) else { return .nobody }
    return known("m.date_of_birth", "<=", date.description)
  }

  private func hasNotReached(_ years: Int) -> SQLCondition {
    let first = clock.today.adding(years: -years)?.description
    return known("m.date_of_birth", ">", first ?? "0")
  }

  // MARK: Moments

  /// A bare date is its whole day.
  func moment(_ column: String, _ comparison: FilterOperator, _ value: FilterValue) throws -> SQLCondition {
    guard comparison != .contains, comparison != .startsWith, let time = TimeExpression.read(value.text)
    else { return try date(column, comparison, value) }
    let start = try resolve(value) { try time.timestamp(now: $0, zone: $1) }
    guard case .date(let date) = time else {
      return bound(column, comparison == .notEqual ? "=" : comparison.rawValue, start)
    }
    let next = date.adding(days: 1).map(clock.zone.startOfDay)
    switch comparison {
    case .less: return bound(column, "<", start)
    case .greaterOrEqual: return bound(column, ">=", start)
    case .lessOrEqual: return next.map { bound(column, "<", $0) } ?? bound(column, "<=", .max)
    case .greater: return next.map { bound(column, ">=", $0) } ?? .nobody
    case .equal, .notEqual, .contains, .startsWith:
      return .all([
        bound(column, ">=", start), next.map { bound(column, "<", $0) } ?? bound(column, "<=", .max),
      ])
    }
  }

  private func bound(_ column: String, _ comparison: String, _ moment: Timestamp) -> SQLCondition {
    SQLCondition(
      "(\(column) \(comparison) ? AND \(column) IS NOT NULL)", [.text(moment.description)])
  }
}
