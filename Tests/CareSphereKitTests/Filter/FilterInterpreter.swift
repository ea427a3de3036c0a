import CareSphereKit

/// A person as the interpreter sees one.
struct FilterPerson {
  var id: String
  var firstName: String
  var city: String?
  var gender: String?
  var status: String
  var born: String?
  var joined: String?
  var created: String
  var phone: String?
  var tags: [String]
  var groups: [String]
  var optOuts: [String]
  var level: Level

  /// A custom field that is a number, a text, or not there.
  enum Level { case none, number(Int), text(String) }
}

/// What filters mean, said a second time and as plainly as can be, without SQL.
struct FilterInterpreter {
  let today: CalendarDate

  func holds(_ expression: FilterExpression, for person: FilterPerson) -> Bool {
    switch expression {
    case .all(let parts): parts.allSatisfy { holds($0, for: person) }
    case .any(let parts): parts.contains { holds($0, for: person) }
    case .not(let part): !holds(part, for: person)
    case .condition(let condition): holds(condition, person)
    }
  }

  private func holds(_ condition: FilterCondition, _ person: FilterPerson) -> Bool {
    switch condition.test {
    case .isEmpty: isEmpty(condition.field, person)
    case .oneOf(let values): values.contains { compare(condition.field, .equal, $0.text, person) }
    case .compare(.notEqual, let value): !compare(condition.field, .equal, value.text, person)
    case .compare(let comparison, let value): compare(condition.field, comparison, value.text, person)
    }
  }

  private func isEmpty(_ field: FilterField, _ person: FilterPerson) -> Bool {
    switch field {
    case .age: return age(person) == nil
    case .custom:
      switch person.level {
      case .none: return true
      case .number: return false
      case .text(let text): return text.isEmpty
      }
    case .member(.tags): return person.tags.isEmpty
    case .member(.groups): return person.groups.isEmpty
    case .member(.optOuts): return person.optOuts.isEmpty
    case .member(let member): return (text(member, person) ?? "").isEmpty
    }
  }

  private func compare(
    _ field: FilterField, _ comparison: FilterOperator, _ wanted: String, _ person: FilterPerson
  ) -> Bool {
    switch field {
    case .age: return age(person).map { passes(comparison, $0, Int(wanted) ?? 0) } ?? false
    case .custom:
      switch person.level {
      case .none: return false
      case .number(let number):
        if let other = Int(wanted), comparison != .contains, comparison != .startsWith {
          return passes(comparison, number, other)
        }
        return textPasses(comparison, String(number), wanted)
      case .text(let text): return textPasses(comparison, text, wanted)
      }
    case .member(.tags): return person.tags.contains { textPasses(comparison, $0, wanted) }
    case .member(.groups): return person.groups.contains(wanted)
    case .member(.optOuts): return person.optOuts.contains(wanted)
    case .member(.phone):
      let digits = { (text: String) in text.filter(\.isNumber) }
      return person.phone.map { textPasses(comparison, digits($0), digits(wanted)) } ?? false
    case .member(.dateOfBirth) where passesOnlyFullDates(comparison) && person.born?.hasPrefix("-") == true:
      return false
    case .member(.createdAt): return passes(comparison, String(person.created.prefix(10)), wanted)
    case .member(let member): return text(member, person).map { textPasses(comparison, $0, wanted) } ?? false
    }
  }

  private func passesOnlyFullDates(_ comparison: FilterOperator) -> Bool {
    [.less, .lessOrEqual, .greater, .greaterOrEqual].contains(comparison)
  }

  private func text(_ field: MemberField, _ person: FilterPerson) -> String? {
    switch field {
    case .firstName: person.firstName
    case .city: person.city
    case .gender: person.gender
    case .memberStatus: person.status
    case .dateOfBirth: person.born
    case .joinDate: person.joined
    case .phone: person.phone
    default: person.created
    }
  }

  private func age(_ person: FilterPerson) -> Int? {
    guard let born = person.born.flatMap({ CalendarDate($0) }) else { return nil }
    if born > today { return -1 }
    var years = 0
    while let birthday = born.adding(years: years + 1),
      (birthday.day == born.day ? birthday : dayAfter(birthday)) <= today
    {
      years += 1
    }
    return years
  }

  private func dayAfter(_ date: CalendarDate) -> CalendarDate { date.adding(days: 1) ?? date }

  private func textPasses(_ comparison: FilterOperator, _ text: String, _ wanted: String) -> Bool {
    let (text, wanted) = (text.lowercased(), wanted.lowercased())
    switch comparison {
    case .contains: return wanted.isEmpty || text.contains(wanted)
    case .startsWith: return text.hasPrefix(wanted)
    default: return passes(comparison, text, wanted)
    }
  }

  private func passes<T: Comparable>(_ comparison: FilterOperator, _ left: T, _ right: T) -> Bool {
    switch comparison {
    case .equal, .contains, .startsWith: left == right
    case .notEqual: left != right
    case .less: left < right
    case .lessOrEqual: left <= right
    case .greater: left > right
    case .greaterOrEqual: left >= right
    }
  }
}
