import CareSphereKit
import TestSupport
import TextFormats
import Testing

@Suite struct FilterParserTests {
  @Test(arguments: [
    ("status = active", "memberStatus = active"),
    ("STATUS=Active", "memberStatus = Active"),
    ("a1 = b", nil),
    ("age>=18 and age<65", "age >= 18 and age < 65"),
    ("not age >= 18", "not age >= 18"),
    ("not not city = x", "city = x"),
    ("not (not (city = x))", "not not city = x"),
    ("city = a or city = b and city = c", "city = a or (city = b and city = c)"),
    ("(city = a or city = b) and city = c", "(city = a or city = b) and city = c"),
    ("not city = a and city = b", "not city = a and city = b"),
    ("city IN (Lagos, \"New York\")", "city in (Lagos, \"New York\")"),
    ("city not in (Lagos)", "not city in (Lagos)"),
    ("lastname STARTSWITH \"O'\"", "lastName startsWith \"O'\""),
    ("lastName not contains x", "not lastName contains x"),
    ("lastName = 'it\\'s \\\\ \\n'", "lastName = \"it's \\\\ \n\""),
    ("email is empty", "email is empty"), ("email Is Not Empty", "not email is empty"),
    ("custom.baptismDate < 2020-01-01", "custom.baptismDate < 2020-01-01"),
    ("custom.\"odd name\" = 1", "custom.\"odd name\" = 1"), ("Custom.'a.b' = 1", "custom.a.b = 1"),
    ("tags = x and groups = y and optOuts = email", "tag = x and group = y and optOut = email"),
    ("lastName = Or or lastName = And", "lastName = \"Or\" or lastName = \"And\""),
    ("lastName = in", "lastName = \"in\""), ("city = Łódź and city=東京", "city = Łódź and city = 東京"),
    (
      "joinDate >= -30d and createdAt < '2025-11-13 10:00'",
      "joinDate >= -30d and createdAt < \"2025-11-13 10:00\""
    ),
    ("phone = +234-801/5.6", "phone = +234-801/5.6"), ("email = a*b:c@d_e", "email = a*b:c@d_e"),
    ("dateOfBirth = --05-15", "dateOfBirth = --05-15"), ("city\n=\tx", "city = x"), ("age = 5", "age = 5"),
  ])
  func expressionsAreRead(text: String, expected: String?) {
    guard let expected else {
      #expect(throws: CareError.self) { try Filter(parsing: text) }
      return
    }
    let printed = (try? Filter(parsing: text))?.expression.description
    // Reserved words and control characters come out in quotes, as they could not stand bare everywhere.
    #expect(printed == expected)
  }

  @Test(arguments: [
    ("", 1, "a condition should stand here", "a field, an operator and a value"),
    ("statsu = active", 1, "there is no field “statsu”", "did you mean status?"),
    ("city = x and birthday > 3", 14, "there is no field “birthday”", nil),
    ("status = actve", 10, "“actve” is no memberStatus", "did you mean active?"),
    ("status = acitve or gender = male", 10, "“acitve”", "active"),
    ("gender = x", 10, "“x” is no gender", "male, female, other, prefer_not_to_say"),
    ("age >= 18 and", 14, "a condition should stand here, not the end", nil),
    ("age >= and age < 3", 8, "a value is missing before “and”", nil),
    ("age >= 18.5", 8, "“18.5” is no age", "whole number"), ("age = -1", 7, "“-1” is no age", nil),
    ("age = 99999999999999999999", 7, "is no age", nil),
    ("age contains 1", 5, "age does not take contains", "age takes =, !=, <, <=, >, >=, in, is empty"),
    ("status < active", 8, "memberStatus does not take <", "is empty"),
    ("joinDate > soon", 12, "“soon” is no date", "YYYY-MM-DD"),
    ("joinDate > 2025-02-30", 12, "is no date", nil), ("createdAt > 1.1.2025", 13, "is no time", nil),
    ("dateOfBirth < --05-15", 15, "lacks its year", nil), ("joinDate = --05-15", 12, "is no date", nil),
    ("city like x", 6, "an operator should stand here, not “like”", "did you mean contains?"),
    ("city startWith x", 6, "an operator", "did you mean startsWith?"),
    ("city ~ x", 6, "“~” cannot stand here", "contains"),
    ("city == x", 7, "a value should stand here", "one ="),
    ("city <> x", 7, "a value should", "!="), ("city ! x", 6, "“!” is no operator", "!="),
    ("city = x && age > 3", 10, "“&” cannot stand here", "write and"),
    ("city = New York", 12, "not “York”", "in quotes"),
    ("city = “Lagos”", 8, "cannot stand here", "straight"),
    ("city = 'x", 8, "the quote is never closed", nil), ("city = 'a\\d'", 10, "is no escape", "\\\\"),
    ("(city = x", 1, "the parenthesis is never closed", nil), ("city = x)", 9, "closes nothing", nil),
    ("city in x", 9, "the list should stand here", "in parentheses"), ("city in ()", 10, "a value", nil),
    ("city in (a b)", 12, "a comma or “)”", nil), ("city in (a", 9, "the list is never closed", nil),
    ("email is null", 10, "“empty” should stand here", nil), ("'x' = y", 1, "a condition", nil),
    ("and city = x", 1, "a condition should stand here, not “and”", nil),
    ("customFields = x", 14, "customFields does not take =", "custom.NAME"),
    ("custom. = x", 1, "there is no field", nil), ("phone = abc", 9, "has no digits", nil),
    ("city = 東京 and statsu = x", 15, "there is no field", "status"),
    ("optOut = fax", 10, "“fax” is no optOut", "email, sms, push"),
    ("city = \u{1B}[31m", 8, "cannot stand here", nil), ("\u{202E}x = 1", 1, "cannot stand here", nil),
  ])
  func mistakesAreMarked(text: String, column: Int, reason: String, hint: String?) throws {
    let error = try #require(throws: CareError.self) { try Filter(parsing: text) }
    #expect(error.code == .validation)
    #expect(error.message.hasPrefix("column \(column): "), "\(error.message)")
    #expect(error.message.contains(reason), "\(error.message)")
    if let hint { #expect(error.hint?.contains(hint) == true, "\(error.hint ?? "no hint")") }
    try #require(error.excerpt.count == 2)
    #expect(error.excerpt[1].hasSuffix("^"))
    #expect(error.excerpt[1].dropLast().allSatisfy { $0 == " " })
    let shown = error.message + error.excerpt.joined()
    #expect(!shown.unicodeScalars.contains { $0 == "\u{1B}" || $0 == "\u{202E}" })
  }

  @Test func theMarkStandsUnderTheMistake() throws {
    let error = try #require(throws: CareError.self) { try Filter(parsing: "city = 東京 and statsu = x") }
    #expect(error.excerpt == ["  city = 東京 and statsu = x", "                  ^"])
    let long =
      String(repeating: "city = x and ", count: 100) + "statsu = x"
      + String(repeating: " and age = 1", count: 100)
    let other = try #require(throws: CareError.self) { try Filter(parsing: long) }
    #expect(other.message == "column 1301: there is no field “statsu”")
    try #require(other.excerpt.count == 2)
    #expect(other.excerpt[0].count < 80)
    #expect(other.excerpt[0].dropFirst(other.excerpt[1].count - 1).hasPrefix("statsu"))
    let several = try #require(throws: CareError.self) { try Filter(parsing: "statsu = x or age = y") }
    #expect(several.excerpt == ["  statsu = x or age = y", "  ^                   ^"])
  }

  @Test func everyMistakeIsTold() throws {
    let error = try #require(throws: CareError.self) {
      try Filter(parsing: "statsu = active and age = x and gender in (male, femal) and city == 3")
    }
    guard case .fields(let problems) = error.details else {
      Issue.record("no details")
      return
    }
    #expect(problems.map(\.field) == ["column 1", "column 27", "column 50", "column 67"])
  }

  @Test func depthAndLengthAreBounded() throws {
    for text in [
      String(repeating: "(", count: 10_000) + "city = x" + String(repeating: ")", count: 10_000),
      String(repeating: "(", count: 60_000), String(repeating: "not (", count: 10_000) + "city = x",
      String(repeating: "x", count: 65_537),
    ] {
      let error = try #require(throws: CareError.self) { try Filter(parsing: text) }
      #expect(error.code == .validation)
      #expect(error.message.utf8.count < 400)
    }
    let nots = try Filter(parsing: String(repeating: "not ", count: 16_001) + "city = x")
    #expect(nots.expression.description == "not city = x")
    let deep = String(repeating: "(", count: 40) + "city = x" + String(repeating: ")", count: 40)
    #expect(try Filter(parsing: deep).expression.description == "city = x")
  }

  @Test func noTextIsReadAsMoreThanItIs() {
    var generator = SeededGenerator(seed: 7)
    let pieces = [
      "and", "or", "not", "(", ")", "in", "is", "empty", "=", "!=", "<", ",", "'", "\"", "\\", "city", "age",
      "18",
      "custom.", "custom.x", "-30d", "contains", "\u{0}", "\u{301}", "😀", "é", " ", "&", "status", "active",
    ]
    for _ in 0..<20_000 {
      var text = ""
      for _ in 0..<Int.random(in: 0...12, using: &generator) {
        text += (pieces.randomElement(using: &generator) ?? "") + (Bool.random(using: &generator) ? " " : "")
      }
      guard let filter = try? Filter(parsing: text) else { continue }
      let printed = filter.expression.description
      let again = try? Filter(parsing: printed)
      #expect(again?.expression == filter.expression, "\(text) became \(printed)")
    }
  }
}

@Suite struct FilterConditionsTests {
  private func read(_ json: String) throws -> FilterExpression {
    guard case .object(let object) = try JSONParser.parse(json) else {
      throw CareError(.internalError, "no object")
    }
    return try FilterExpression(conditions: object)
  }

  @Test(arguments: [
    (#"{"memberStatus":"active"}"#, "memberStatus = active"),
    (
      #"{"status":["active","pending"],"city":"New York"}"#,
      "memberStatus in (active, pending) and city = \"New York\""
    ),
    (#"{"email":null,"age":18}"#, "email is empty and age = 18"),
    (#"{"customFields":{"choir":true,"odd name":"x"}}"#, "custom.choir = true and custom.\"odd name\" = x"),
    (#"{"custom.level":2.5,"tags":["a","b"]}"#, "custom.level = 2.5 and tag in (a, b)"),
    (#"{"tag":["a"]}"#, "tag = a"), ("{}", ""),
  ])
  func mapsAreExpressions(json: String, expected: String) throws {
    #expect(try read(json).description == expected)
  }

  @Test func everyProblemOfAMapIsTold() throws {
    let error = try #require(throws: CareError.self) {
      try read(#"{"statsu":"active","age":"old","city":{"x":1},"customFields":"x","gender":"x"}"#)
    }
    guard case .fields(let problems) = error.details else {
      Issue.record("no details")
      return
    }
    #expect(problems.map(\.field) == ["statsu", "age", "city", "customFields", "gender"])
    #expect(problems.first?.reason.contains("did you mean status?") == true)
  }
}

@Suite struct FilterManualTests {
  @Test func everyExampleIsRight() throws {
    for example in FilterManual.examples { _ = try Filter(parsing: example) }
  }

  @Test func everyFieldIsNamed() {
    let text = FilterManual.sections.map(\.text).joined()
    let plural: [MemberField] = [.tags, .groups, .optOuts, .customFields]
    for field in MemberField.allCases where !plural.contains(field) { #expect(text.contains(field.rawValue)) }
  }
}
