import TestSupport
import Testing
import TextFormats

@Suite struct JSONWriterTests {
  @Test(arguments: [
    ("", "\"\""), ("plain", "\"plain\""), ("a\"b\\c", "\"a\\\"b\\\\c\""),
    ("\u{0}\u{1}\u{1F}\u{8}\u{C}\n\r\t", "\"\\u0000\\u0001\\u001f\\b\\f\\n\\r\\t\""),
    ("é😀/\u{7F}\u{2028}", "\"é😀/\u{7F}\u{2028}\""),
    ("exactly8\"exactly8", "\"exactly8\\\"exactly8\""),
  ])
  func strings(text: String, expected: String) {
    #expect(JSONWriter.string(.string(text)) == expected)
  }

  @Test func aByteToBeEscapedIsFoundAtEveryPlaceOfAWord() {
    for length in 0..<20 {
      for place in 0...length {
        for special: Character in ["\"", "\\", "\n", "\u{1F}"] {
          let before = String(repeating: "\u{FF}", count: place)
          let after = String(repeating: "~ ", count: length - place)
          let text = before + String(special) + after
          let written = JSONWriter.string(.string(text))
          #expect((try? JSONParser.parse(written)) == .string(text))
        }
      }
    }
  }

  @Test func compactAndPretty() {
    let value: JSONValue = ["a": [1, nil, true], "b": [:], "c": [], "d": ["e": "f"]]
    #expect(JSONWriter.string(value) == #"{"a":[1,null,true],"b":{},"c":[],"d":{"e":"f"}}"#)
    let pretty = """
      {
        "a": [
          1,
          null,
          true
        ],
        "b": {},
        "c": [],
        "d": {
          "e": "f"
        }
      }
      """
    #expect(JSONWriter.string(value, pretty: true) == pretty)
  }

  @Test func whatIsWrittenReadsBackAsItWas() throws {
    var generator = SeededGenerator(seed: 8259)
    for _ in 0..<500 {
      let value = randomValue(depth: 4, using: &generator)
      #expect(try JSONParser.parse(JSONWriter.bytes(value)) == value)
      #expect(try JSONParser.parse(JSONWriter.bytes(value, pretty: true)) == value)
    }
  }

  @Test func noMutationOfATextCrashesTheParser() throws {
    var generator = SeededGenerator(seed: 1)
    for _ in 0..<2_000 {
      var bytes = JSONWriter.bytes(randomValue(depth: 4, using: &generator))
      for _ in 0..<Int.random(in: 1...4, using: &generator) where !bytes.isEmpty {
        let place = Int.random(in: bytes.indices, using: &generator)
        bytes[place] = UInt8.random(in: 0...255, using: &generator)
      }
      _ = try? JSONParser.parse(bytes)
      _ = try? JSONParser.parse(Array(bytes.prefix(bytes.count / 2)))
    }
  }

  private func randomValue(depth: Int, using generator: inout SeededGenerator) -> JSONValue {
    switch Int.random(in: 0..<(depth > 0 ? 7 : 5), using: &generator) {
    case 0: return nil
    case 1: return .bool(Bool.random(using: &generator))
    case 2: return .integer(Int.random(in: -1000...1000, using: &generator))
    case 3, 4: return .string(randomText(using: &generator))
    case 5:
      let count = Int.random(in: 0...4, using: &generator)
      return .array((0..<count).map { _ in randomValue(depth: depth - 1, using: &generator) })
    default:
      var object = JSONObject()
      for _ in 0..<Int.random(in: 0...20, using: &generator) {
        object[randomText(using: &generator)] = randomValue(depth: depth - 1, using: &generator)
      }
      return .object(object)
    }
  }

  private func randomText(using generator: inout SeededGenerator) -> String {
    let pool: [String] = ["a", "B", " ", "\"", "\\", "\n", "\u{1}", "é", "\u{301}", "😀", "\u{7F}", "{", "0"]
    let count = Int.random(in: 0...12, using: &generator)
    return (0..<count).compactMap { _ in pool.randomElement(using: &generator) }.joined()
  }
}
