import CareSphereKit
import TestSupport
import Testing

/// Random filters over random people: SQL and the interpreter take the same ones, and what is printed
/// reads as the same filter again.
@Suite struct FilterPropertyTests {
  private static let cities = [
    "Lagos", "lagos", "New York", "Łódź", "ŁÓDŹ", "O'Brien", "100%", "a_b", "", "and",
  ]
  private static let tags = ["Volunteer", "volunteer", "choir", "Über", "vol\"x", "back\\slash"]
  private static let groups = ["Youth", "Choir", "Elders"]
  private static let dates = [
    "2004-02-29", "2007-06-15", "2007-06-16", "1990-01-01", "2024-12-31", "--05-15", "--02-29",
  ]
  private static let moments = ["2025-01-01", "2025-01-02", "2024-12-31", "2025-06-15"]
  private static let phones = ["0801 234 5678", "+234 801", "0801/234-5678", "555"]
  private static let levels = ["3", "12", "-4", "0", "abc", "ABD", "2020-01-01", ""]

  @Test func sqlAndTheInterpreterAgree() throws {
    var generator = SeededGenerator(seed: 42)
    for today in ["2025-06-15T12:00:00Z", "2025-02-28T12:00:00Z", "2024-02-29T12:00:00Z"] {
      let fixture = try FilterFixture(now: today)
      let interpreter = FilterInterpreter(today: fixture.clock.today)
      let people = (0..<60).map { Self.person($0, &generator) }
      for person in people { try Self.store(person, in: fixture) }
      for group in Self.groups where people.allSatisfy({ !$0.groups.contains(group) }) {
        Issue.record("nobody is in \(group)")
      }
      for _ in 0..<200 {
        let expression = Self.expression(depth: 4, &generator)
        let printed = expression.description
        let filter = try Filter(parsing: printed)
        #expect(filter.expression == expression, "\(printed) reads as \(filter.expression)")
        let fragment = try fixture.compiler.compile(filter)
        try fixture.requireTwoValues(fragment, printed)
        let expected = people.filter { interpreter.holds(expression, for: $0) }.map(\.firstName).sorted()
        #expect(try fixture.names(fragment).sorted() == expected, "\(printed)")
      }
    }
  }

  private static func expression(depth: Int, _ generator: inout SeededGenerator) -> FilterExpression {
    guard depth > 0, Int.random(in: 0..<4, using: &generator) > 0 else { return condition(&generator) }
    switch Int.random(in: 0..<3, using: &generator) {
    case 0:
      let part = expression(depth: depth - 1, &generator)
      // Two negations cancel out when they are read.
      if case .not = part { return part }
      return .not(part)
    case 1: return .all(parts(depth, &generator))
    default: return .any(parts(depth, &generator))
    }
  }

  private static func parts(_ depth: Int, _ generator: inout SeededGenerator) -> [FilterExpression] {
    (0..<Int.random(in: 2...3, using: &generator)).map { _ in expression(depth: depth - 1, &generator) }
  }

  private static func condition(_ generator: inout SeededGenerator) -> FilterExpression {
    let order: [FilterOperator] = [.equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual]
    let part: [FilterOperator] = [.contains, .startsWith]
    let choices: [(FilterField, [FilterOperator], [String])] = [
      (.member(.city), order + part, cities), (.member(.firstName), part, ["p1", "P", "5"]),
      (.member(.gender), [.equal, .notEqual], ["male", "female", "other"]),
      (.member(.memberStatus), [.equal, .notEqual], ["active", "pending", "archived"]),
      (.age, order, ["0", "17", "18", "20", "21", "35"]),
      (.member(.dateOfBirth), order, dates.filter { !$0.hasPrefix("-") }),
      (.member(.dateOfBirth), [.equal, .notEqual], dates),
      (.member(.joinDate), order + part, dates.filter { !$0.hasPrefix("-") }),
      (.member(.createdAt), order, moments),
      (.member(.phone), [.equal, .notEqual] + part, phones),
      (.member(.tags), [.equal, .notEqual] + part, tags + ["o"]),
      (.member(.groups), [.equal, .notEqual], groups),
      (.member(.optOuts), [.equal, .notEqual], ["email", "sms"]),
      (.custom("level"), order + part, levels),
    ]
    let (field, operators, values) = choices[Int.random(in: 0..<choices.count, using: &generator)]
    let value = { (generator: inout SeededGenerator) in values.randomElement(using: &generator) ?? "" }
    switch Int.random(in: 0..<5, using: &generator) {
    case 0 where field != .member(.createdAt): return .isEmpty(field)
    case 1 where operators.contains(.equal): return .oneOf(field, [value(&generator), value(&generator)])
    default: return .compare(field, operators.randomElement(using: &generator) ?? .equal, value(&generator))
    }
  }

  private static func person(_ number: Int, _ generator: inout SeededGenerator) -> FilterPerson {
    func maybe(_ values: [String], _ generator: inout SeededGenerator) -> String? {
      Int.random(in: 0..<4, using: &generator) == 0 ? nil : values.randomElement(using: &generator)
    }
    let level = maybe(levels, &generator)
    let asNumber = level.flatMap { Int($0) }
    return FilterPerson(
      id: "p\(number)", firstName: "P\(number)", city: maybe(cities, &generator),
      gender: maybe(["male", "female"], &generator),
      status: maybe(["active", "pending"], &generator) ?? "inactive",
      born: maybe(dates, &generator), joined: maybe(dates.filter { !$0.hasPrefix("-") }, &generator),
      created: (moments.randomElement(using: &generator) ?? "2025-01-01") + "T23:59:59Z",
      phone: maybe(phones, &generator),
      tags: tags.filter { _ in Int.random(in: 0..<4, using: &generator) == 0 },
      groups: groups.filter { _ in Int.random(in: 0..<3, using: &generator) == 0 },
      optOuts: ["email", "sms"].filter { _ in Int.random(in: 0..<4, using: &generator) == 0 },
      level: asNumber.map { .number($0) } ?? level.map { .text($0) } ?? .none)
  }

  private static func store(_ person: FilterPerson, in fixture: FilterFixture) throws {
    let escaped = person.tags.map { "\"\($0.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\"" }
    let custom =
      switch person.level {
      case .none: "{}"
      case .number(let number): "{\"other\":[1,{\"level\":99}],\"level\":\(number)}"
      case .text(let text): "{\"level\":\"\(text)\"}"
      }
    try fixture.add(
      person.firstName,
      [
        "id": person.firstName, "city": person.city, "gender": person.gender, "member_status": person.status,
        "date_of_birth": person.born, "join_date": person.joined, "created_at": person.created,
        "phone": person.phone,
        "tags": "[\(escaped.joined(separator: ","))]", "custom_fields": custom,
      ], groups: person.groups, optOuts: person.optOuts)
  }
}
