import CareSphereKit
import SQLiteStore
import TestSupport
import Testing

@Suite struct FilterFunctionsTests {
  let fixture: FilterFixture

  init() throws { fixture = try FilterFixture() }

  private func call(_ sql: String, _ arguments: [SQLValue]) throws -> SQLValue? {
    try fixture.database.first("SELECT \(sql)", arguments) { $0.value(0) }
  }

  @Test(arguments: [
    (#"{"n":12345678901234567890}"#, "=", "12345678901234567891", 0), (#"{"n":-5}"#, "<", "-4", 1),
    (#"{"n":-0}"#, "=", "0", 1), (#"{"n":1.50}"#, "=", "1.5", 1), (#"{"n":1e3}"#, ">=", "1000", 1),
    (#"{"n":"007"}"#, "=", "7", 0), (#"{"n":"7"}"#, "=", "7.0", 1), (#"{"n":"10"}"#, ">", "9", 1),
    (#"{"\u006e":1}"#, "=", "1", 1), (#"{"a":{"n":1},"b":["n",1]}"#, "=", "1", 0),
    (#"{"n":{"n":1}}"#, "=", "1", 0),
    (#"{ "a" : [1, "]"] , "n" : true }"#, "=", "true", 1), (#"{"n":"STRA\u00DFE"}"#, "=", "strasse", 1),
    (#"{"n":[1,[2],"x"]}"#, "=", "2", 0), (#"{"n":null}"#, "=", "null", 0), ("[]", "=", "1", 0),
    ("", "=", "", 0),
  ])
  func customValuesCompare(fields: String, symbol: String, wanted: String, expected: Int64) throws {
    let arguments: [SQLValue] = [.text(fields), "n", .text(symbol), .text(wanted)]
    #expect(try call("custom_matches(?, ?, ?, ?)", arguments) == .integer(expected))
  }

  @Test func absentTextsMatchNothing() throws {
    for function in ["text_equals", "text_contains", "text_starts_with", "has_tag", "tag_contains"] {
      #expect(try call("\(function)(NULL, '')", []) == .integer(0))
    }
    #expect(try call("casefold(NULL)", []) == .null)
    #expect(try call("casefold('ÀSS')", []) == .text("àss"))
  }

  /// What is stored was written as JSON, but a damaged file may hold anything.
  @Test func noBytesBreakThem() throws {
    var generator = SeededGenerator(seed: 3)
    let pieces = ["{", "}", "[", "]", "\"", "\\", ":", ",", "n", "1", "é", " ", "\\u00", "null", "-"]
    for _ in 0..<5000 {
      var text = ""
      for _ in 0..<Int.random(in: 0...10, using: &generator) {
        text += pieces.randomElement(using: &generator) ?? ""
      }
      for sql in [
        "has_tag(?1, ?2)", "tag_contains(?1, ?2)", "has_custom(?1, ?2)", "custom_matches(?1, ?2, '=', ?2)",
        "custom_matches(?1, 'n', 'contains', ?2)",
      ] {
        let result = try call(sql, [.text(text), "n"])
        #expect(result == .integer(0) || result == .integer(1))
      }
    }
  }
}
