import CareSphereKit
import TestSupport
import Testing

@Suite struct SearchQueryTests {
  let fixture: FilterFixture

  init() throws {
    fixture = try FilterFixture()
    try fixture.add(
      "José", ["last_name": "O'Brien", "email": "ana@example.org", "phone": "+234 801 234 5678"])
    try fixture.add(
      "Zoë", ["last_name": "van-der Berg", "email": "zoe2024@mail.example.com", "phone": "0801/234-9999"])
    try fixture.add("Łukasz", ["last_name": "NEAR", "email": "l@x.pl", "phone": nil])
  }

  private func found(_ text: String) throws -> String {
    let fragment = try SearchQuery(text).fragment()
    try fixture.requireTwoValues(fragment, text)
    return try fixture.names(fragment).joined(separator: " ")
  }

  @Test(arguments: [
    ("jose", "José"), ("JOS", "José"), ("josé o'br", "José"), ("brien", "José"), ("ana@", "José"),
    ("ana@example", "José"),
    ("example.org", "José"), ("example", "José Zoë"), ("EXAMPLE.CO", "Zoë"), ("@example", "José Zoë"),
    ("van-der", "Zoë"),
    ("der van", "Zoë"), ("zoe berg", "Zoë"), ("berg jose", ""), ("NEAR", "Łukasz"), ("near(a b)", ""),
    ("NOT jose", ""),
    ("0801 234", "José Zoë"), ("+234-801", "José"), ("0801234", "José Zoë"), ("00234801", "José"),
    ("2345678", "José"),
    ("5678", "José"), ("(0801) 234-9999", "Zoë"), ("jose 5678", "José"), ("zoe 5678", ""), ("zoe2024", "Zoë"),
    ("*", ""), ("\"", ""), ("\"\"", ""), ("jose\"", "José"), ("\"jose\"", "José"), ("-", ""),
    ("jose -", "José"),
    ("^jose", "José"), ("first_name:jose", ""), ("jose*", "José"), ("jose AND", ""), ("{a b}:c", ""),
    ("'", ""),
    ("@@@", ""), ("😀", ""), ("jose 😀", "José"), ("łuk", "Łukasz"), ("l", "Łukasz"), ("12", ""), ("0", ""),
    ("+", ""),
    ("jose\u{0}brien", "José"), ("--", ""), ("1 2", ""), ("x.pl", "Łukasz"),
  ])
  func partsAreFound(text: String, expected: String) throws {
    #expect(try found(text) == expected)
  }

  @Test(arguments: ["", "   ", "\t\n", "\u{0}"])
  func anEmptySearchIsAnError(text: String) throws {
    let error = try #require(throws: CareError.self) { try SearchQuery(text) }
    #expect(error.code == .validation)
  }

  @Test func aSearchIsBounded() throws {
    #expect(throws: CareError.self) { try SearchQuery(String(repeating: "a ", count: 65)) }
    #expect(try found(String(repeating: "jose ", count: 64)) == "José")
    #expect(try found(String(repeating: "0801 ", count: 64)) == "")
    #expect(try found(String(repeating: "x", count: 100_000)) == "")
  }

  @Test func noTextBreaksTheSearch() throws {
    var generator = SeededGenerator(seed: 11)
    let pieces = [
      "\"", "'", "*", "(", ")", "-", "+", "^", ":", "{", "}", ",", ".", "NEAR", "AND", "OR", "NOT", "jose",
      "0", "8",
      "😀", "\u{301}", "\u{200D}", "中", "\u{E000}", "\u{1E900}", " ",
    ]
    for _ in 0..<3000 {
      var text = "a"
      for _ in 0..<Int.random(in: 0...8, using: &generator) {
        text += pieces.randomElement(using: &generator) ?? ""
      }
      _ = try found(String(text.dropFirst()).isEmpty ? "a" : text)
    }
  }
}

@Suite struct MemberFilterTests {
  let fixture: FilterFixture

  init() throws {
    fixture = try FilterFixture()
    try fixture.add(
      "Ana", ["city": "Lagos", "tags": #"["a","b"]"#, "date_of_birth": "2000-01-01"],
      groups: ["Youth", "Choir"])
    try fixture.add(
      "Ben", ["city": "LAGOS", "tags": #"["a"]"#, "member_status": "pending", "date_of_birth": "2010-01-01"],
      groups: ["Youth"])
    try fixture.add("Cem", ["member_status": "archived"])
  }

  private func found(_ change: (inout MemberFilter) throws -> Void) throws -> String {
    var filter = MemberFilter()
    try change(&filter)
    return try fixture.names(try filter.fragment(fixture.compiler)).joined(separator: " ")
  }

  @Test func allThatIsGivenMustHold() throws {
    #expect(try found { _ in } == "Ana Ben Cem")
    #expect(try found { $0.statuses = [.pending, .archived] } == "Ben Cem")
    #expect(try found { $0.tags = ["A"] } == "Ana Ben")
    #expect(try found { $0.tags = ["A", "B"] } == "Ana")
    #expect(try found { $0.groups = ["Youth", "Choir"] } == "Ana")
    #expect(try found { $0.city = "lagos" } == "Ana Ben")
    #expect(try found { $0.ageMin = 18 } == "Ana")
    #expect(try found { $0.ageMax = 18 } == "Ben")
    #expect(
      try found {
        $0.ageMin = 15; $0.ageMax = 25
      } == "Ana Ben")
    #expect(try found { $0.search = "be" } == "Ben")
    #expect(
      try found {
        $0.city = "lagos"
        $0.search = "an"
        $0.expression = try Filter(parsing: "status = active or status = pending")
      } == "Ana")
  }

  @Test func wrongValuesAreErrors() {
    #expect(throws: CareError.self) { try found { $0.ageMin = -1 } }
    #expect(throws: CareError.self) { try found { $0.ageMax = .max } }
    #expect(throws: CareError.self) { try found { $0.search = " " } }
  }

  /// The flag names a group; no expression is there to point into.
  @Test func aMissingGroupIsNotFound() throws {
    let error = try #require(throws: CareError.self) { try found { $0.groups = ["Yuth"] } }
    #expect(error.code == .notFound)
    #expect(!error.message.contains("column"))
  }
}
