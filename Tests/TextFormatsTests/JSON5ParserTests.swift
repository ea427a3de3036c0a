import TestSupport
import Testing
import TextFormats

@Suite struct JSON5ParserTests {
  private static let samples: [(String, JSONValue)] = [
    ("null", .null), (" true ", true), ("[]", []), ("{}", [:]), ("[1,]", [1]), ("{a:1,}", ["a": 1]),
    (
      "{'a b': \"c\", $d_1: 'e', \u{E9}t\u{E9}: 2, null: 3}",
      ["a b": "c", "$d_1": "e", "\u{E9}t\u{E9}": 2, "null": 3]
    ),
    ("{\\u0061b: 1}", ["ab": 1]), ("// c\n1 // d", 1), ("/* a * / ** */[/**/1/* */,]", [1]),
    ("\u{FEFF}\u{A0}\u{3000}\u{2028}\u{0B}\u{0C}1", 1), ("'say \"hi\"'", "say \"hi\""), ("\"it's\"", "it's"),
    ("'a\\\nb\\\r\nc\\\u{2028}d'", "abcd"), ("'\\x41\\u0042\\v\\'\\q\\/'", "AB\u{0B}'q/"),
    ("'\\uD83D\\uDE00'", "\u{1F600}"), ("'a\tb\u{2028}'", "a\tb\u{2028}"),
    ("// only\r[1, // one\r2]", [1, 2]),
  ]

  @Test(arguments: samples)
  func values(text: String, expected: JSONValue) throws {
    #expect(try JSON5Parser.parse(text) == expected)
    #expect(try JSON5Parser.parse(Array(text.utf8)) == expected)
  }

  @Test(arguments: [
    ("0", "0"), ("-12.50", "-12.50"), ("+1", "1"), (".5", "0.5"), ("-.5e1", "-0.5e1"), ("5.", "5"),
    ("5.e-3", "5e-3"),
    ("1E+05", "1E+05"), ("0x1F", "31"), ("-0Xff", "-255"), ("0xFFFFFFFFFFFFFFFF", "18446744073709551615"),
  ])
  func numbersAreSpelledAsInJSON(text: String, spelling: String) throws {
    #expect(try JSON5Parser.parse(text) == .number(spelling))
    #expect(try JSONParser.parse(spelling) == .number(spelling))
  }

  @Test(arguments: [
    ("", 1, 1), ("// c", 1, 5), ("nul", 1, 1), ("hunter2", 1, 1), ("[,]", 1, 2), ("[1,,2]", 1, 4),
    ("{,}", 1, 2),
    ("{a}", 1, 3), ("{1a: 2}", 1, 2), ("{a-b: 1}", 1, 3), ("{a: 1 b: 2}", 1, 7), ("[1 2]", 1, 4),
    ("[1}", 1, 3),
    ("01", 1, 1), ("0x", 1, 3), ("0x10000000000000000", 1, 1), ("+", 1, 2), (".", 1, 2), ("1e", 1, 3),
    ("1a", 1, 2),
    ("Infinity", 1, 1), ("-Infinity", 1, 1), ("NaN", 1, 1), ("'a", 1, 1), ("'a\nb'", 1, 1), ("'a\"", 1, 1),
    ("'\\0'", 1, 2), ("'\\\u{0}'", 1, 2), ("'\\u0000'", 1, 2), ("'\\x0'", 1, 2), ("'\\7'", 1, 2),
    ("'\\uD800'", 1, 2),
    ("'\\uD800\\u0041'", 1, 2), ("'\\uDC00'", 1, 2), ("'\u{1}'", 1, 2), ("1 x", 1, 3),
    ("{a:1,\n 'a':2}", 2, 2),
    ("/* c", 1, 1), ("/ c", 1, 1), ("{\\x61: 1}", 1, 2), ("{\\u0020: 1}", 1, 2), ("[\r\n'\u{E9}',\r!]", 3, 1),
    ("[", 1, 2),
    ("{a: \\u0074rue1}", 1, 5), ("\"\\", 1, 2),
  ])
  func mistakesAreNamedWithTheirPlace(text: String, line: Int, column: Int) {
    let error = #expect(throws: JSONError.self) { try JSON5Parser.parse(text) }
    #expect(error?.position.line == line, "\(String(describing: error))")
    #expect(error?.position.column == column, "\(String(describing: error))")
  }

  @Test func invalidUTF8IsNamedWithItsOffset() {
    let bytes: [UInt8] = Array("[1,\n'\u{E9}".utf8) + [0xFF] + Array("']".utf8)
    let error = #expect(throws: JSONError.self) { try JSON5Parser.parse(bytes) }
    #expect(error?.position == TextPosition(line: 2, column: 3, offset: 7))
  }

  @Test func depthIsBounded() throws {
    func nested(_ depth: Int) -> String {
      String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }
    #expect(throws: Never.self) { try JSON5Parser.parse(nested(JSONParser.maximumDepth)) }
    let error = #expect(throws: JSONError.self) { try JSON5Parser.parse(nested(100_000)) }
    #expect(error?.position.column == JSONParser.maximumDepth + 1)
  }

  @Test func whatIsWrittenAsJSONIsReadAsJSON5() throws {
    var generator = SeededGenerator(seed: 5)
    for _ in 0..<300 {
      let value = Self.value(depth: 3, &generator)
      for pretty in [false, true] {
        #expect(try JSON5Parser.parse(JSONWriter.bytes(value, pretty: pretty)) == value)
      }
    }
  }

  @Test func noTextMakesItCrash() {
    var generator = SeededGenerator(seed: 6)
    let pieces = [
      "{", "}", "[", "]", ",", ":", "'", "\"", "\\", "\\u", "d800", "/", "*", "//", "\n", "a", "0x", "1", ".",
      "-",
    ]
    for _ in 0..<3000 {
      let text = (0..<Int.random(in: 1...12, using: &generator)).map { _ in
        pieces[Int.random(in: 0..<pieces.count, using: &generator)]
      }
      _ = try? JSON5Parser.parse(text.joined())
    }
  }

  private static func value(depth: Int, _ generator: inout SeededGenerator) -> JSONValue {
    switch Int.random(in: 0...(depth > 0 ? 6 : 4), using: &generator) {
    case 0: return .null
    case 1: return .bool(Bool.random(using: &generator))
    case 2: return .integer(Int.random(in: -1000...1000, using: &generator))
    case 3: return .number("\(Int.random(in: 0...99, using: &generator)).5e-3")
    case 4: return .string(generator.text(length: 8).filter { $0 != "\0" })
    case 5: return .array((0..<3).map { _ in value(depth: depth - 1, &generator) })
    default: return .object(JSONObject((0..<3).map { ("k\($0)", value(depth: depth - 1, &generator)) }))
    }
  }
}
