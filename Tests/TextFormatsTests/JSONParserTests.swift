import Testing
import TextFormats

@Suite struct JSONParserTests {
  private static let samples: [(String, JSONValue)] = [
    ("null", .null), (" true ", true), ("false", false), ("\"a\"", "a"), ("[]", []),
    ("{}", [:]), ("[1, [2]]", [1, [2]]), ("{\"a\":{\"b\":null}}", ["a": ["b": nil]]),
    ("\t\r\n [ ] ", []), ("\"\"", ""), ("\"\u{7F}\u{2028}\"", "\u{7F}\u{2028}"),
  ]

  @Test(arguments: samples)
  func values(text: String, expected: JSONValue) throws {
    #expect(try JSONParser.parse(text) == expected)
  }

  @Test(arguments: [
    "0", "-0", "10", "-12.50", "1e5", "1E+5", "1e-05", "0.0", "-0.1e1", "123456789012345678901234567890",
  ])
  func numbersKeepTheirSpelling(text: String) throws {
    #expect(try JSONParser.parse(text) == .number(text))
    #expect(JSONWriter.string(.number(text)) == text)
  }

  @Test(arguments: [
    ("\\u00e9", "\u{E9}"), ("\\uD83D\\uDE00", "\u{1F600}"), ("\\\"\\\\\\/", "\"\\/"),
    ("\\b\\f\\n\\r\\t", "\u{8}\u{C}\n\r\t"), ("a\\u0041b", "aAb"), ("\\uFFFF", "\u{FFFF}"),
  ])
  func escapes(escaped: String, expected: String) throws {
    #expect(try JSONParser.parse("\"\(escaped)\"") == .string(expected))
  }

  @Test(arguments: [
    ("", 1, 1), ("nul", 1, 1), ("True", 1, 1), ("[1,]", 1, 4), ("{\"a\":1,}", 1, 8), ("{a:1}", 1, 2),
    ("[1 2]", 1, 4), ("01", 1, 1), ("-", 1, 2), ("1.", 1, 3), (".5", 1, 1), ("+1", 1, 1), ("1e", 1, 3),
    ("[1]\n x", 2, 2), ("\"a", 1, 1), ("\"a\\\"", 1, 1), ("\"\\x\"", 1, 2), ("\"\\u12\"", 1, 2),
    ("\"\\uD800\"", 1, 2), ("\"\\uDC00\"", 1, 2), ("\"\\uD800\\u0041\"", 1, 2), ("\"a\nb\"", 1, 3),
    ("\"\\u0000\"", 1, 2), ("[\r\n\"é\",\r\n!]", 3, 1), ("[\"é\" !]", 1, 6), ("{\"a\"}", 1, 5),
    ("{\"a\":1 \"b\":2}", 1, 8), ("[", 1, 2), ("{", 1, 2), ("'a'", 1, 1), ("// c", 1, 1), ("NaN", 1, 1),
    ("\u{FEFF}1", 1, 1), ("\"\\u+123\"", 1, 2), ("[1}", 1, 3), ("\"\u{0}\"", 1, 2),
  ])
  func mistakesAreNamedWithTheirPlace(text: String, line: Int, column: Int) {
    let error = #expect(throws: JSONError.self) { try JSONParser.parse(text) }
    #expect(error?.position.line == line)
    #expect(error?.position.column == column)
  }

  @Test func invalidUTF8IsNamedWithItsOffset() {
    let bytes: [UInt8] = Array("[1,\n\"é".utf8) + [0xFF] + Array("\"]".utf8)
    let error = #expect(throws: JSONError.self) { try JSONParser.parse(bytes) }
    #expect(error?.position == TextPosition(line: 2, column: 3, offset: 7))
  }

  @Test func aKeyThatStandsTwiceIsAnErrorHoweverManyThereAre() {
    let many = (0..<100).map { "\"k\($0)\":0," }.joined()
    for text in ["{\"a\":1,\"a\":2}", "{\(many)\"k99\":1}", "{\(many)\"k3\":1}"] {
      #expect(throws: JSONError.self) { try JSONParser.parse(text) }
    }
    #expect(throws: Never.self) { try JSONParser.parse("{\(many)\"k100\":1}") }
  }

  @Test func depthIsBounded() throws {
    func nested(_ depth: Int) -> String {
      String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }
    #expect(throws: Never.self) { try JSONParser.parse(nested(JSONParser.maximumDepth)) }
    let error = #expect(throws: JSONError.self) { try JSONParser.parse(nested(100_000)) }
    #expect(error?.position.column == JSONParser.maximumDepth + 1)
  }

  @Test func errorsCountFromWhereTheValueStands() throws {
    let line = Array("{\"a\":!}".utf8)
    let error = line.withUnsafeBufferPointer { bytes in
      #expect(throws: JSONError.self) {
        try JSONParser.parse(bytes, startingAt: TextPosition(line: 7, column: 3, offset: 100))
      }
    }
    #expect(error?.position == TextPosition(line: 7, column: 8, offset: 105))
    #expect(error?.description.hasPrefix("line 7, column 8: ") == true)
  }

  @Test func keysKeepTheirOrder() throws {
    guard case .object(let object) = try JSONParser.parse("{\"z\":1,\"a\":2,\"m\":3}") else {
      Issue.record("no object")
      return
    }
    #expect(object.keys == ["z", "a", "m"])
  }
}
