import Glibc
import TestSupport
import TextFormats
import Testing

@testable import CareSphereKit

/// Files of events, however they are laid out and whatever is wrong with them.
@Suite struct EventBodyReaderTests {
  /// What is read from a text that comes in pieces of `size` bytes: the line and the value, `!` for a mistake.
  private static func read(_ text: String, size: Int = 7) throws -> [String] {
    try read(Array(text.utf8), size: size)
  }

  private static func read(_ bytes: [UInt8], size: Int) throws -> [String] {
    var offset = 0
    let source = ByteSource(name: "events") { buffer in
      let count = min(size, buffer.count, bytes.count - offset)
      buffer.copyBytes(from: bytes[offset..<offset + count])
      offset += count
      return count
    }
    let reader = EventBodyReader(source)
    var found: [String] = []
    while let body = try reader.next() {
      switch body.value {
      case .success(let value): found.append("\(body.line) \(JSONWriter.string(value))")
      case .failure: found.append("\(body.line) !")
      }
    }
    return found
  }

  static let layouts: [(text: String, found: [String])] = [
    ("", []),
    ("\n \n\t\r\n", []),
    (#"{"a":1}"#, [#"1 {"a":1}"#]),
    ("{\"a\":1}\r\n\r\n{\"a\":2}\r\n", [#"1 {"a":1}"#, #"3 {"a":2}"#]),
    ("\u{FEFF}{\"a\":1}\n", [#"1 {"a":1}"#]),
    (#"[{"a":1},{"a":2}]"#, [#"1 {"a":1}"#, #"1 {"a":2}"#]),
    ("[{\"a\":1}]\n[{\"a\":2},{\"a\":3}]\n", [#"1 {"a":1}"#, #"2 {"a":2}"#, #"2 {"a":3}"#]),
    ("[\n  {\n    \"a\": [1, 2]\n  },\n  {\"a\": 2}\n]\n", [#"2 {"a":[1,2]}"#, #"5 {"a":2}"#]),
    ("{\n \"a\": {\n  \"b\": 1 }\n}\n{\n\"a\":2}", [#"1 {"a":{"b":1}}"#, #"5 {"a":2}"#]),
    ("[]\n[\n]\n{\"a\":1}", [#"4 {"a":1}"#]),
    ("[{\"a\":1},\n{\"a\":2}]\n{\"a\":3}\n", [#"1 {"a":1}"#, #"2 {"a":2}"#, #"3 {"a":3}"#]),
  ]

  @Test(arguments: layouts)
  func everyLayout(text: String, found: [String]) throws {
    for size in [1, 2, 5, 64, 100_000] { #expect(try Self.read(text, size: size) == found, "\(size)") }
  }

  static let mistakes: [(text: String, found: [String])] = [
    ("no\n{\"a\":1}\n", ["1 !", #"2 {"a":1}"#]),
    ("{\"a\":\"x\n{\"a\":1}\n", ["1 !", #"2 {"a":1}"#]),
    ("{\"a\":1,\n{\"a\":1}\n", ["1 !", #"2 {"a":1}"#]),
    ("{\"a\":1}\n{\"a\":1}}\n{\"a\":3}", [#"1 {"a":1}"#, "2 !", #"3 {"a":3}"#]),
    ("{\"a\":1} {\"a\":2}\n{\"a\":3}", ["1 !", #"2 {"a":3}"#]),
    ("[{\"a\":1},{\"a\":}]\n{\"a\":3}", ["1 !", #"2 {"a":3}"#]),
    ("[\n{\"a\":1},\n{\"a\":},\n{\"a\":3}\n]", [#"2 {"a":1}"#, "3 !", #"4 {"a":3}"#]),
    ("[\n{\"a\":1},\n{\"a\":\"x\n", [#"2 {"a":1}"#, "3 !"]),
    ("[\n{\"a\":1},\n", [#"2 {"a":1}"#, "1 !"]),
    ("[{\"a\":\n[{\"a\":1}]\n", ["1 !", #"2 {"a":1}"#]),
    ("\u{0}\n{\"a\":1}", ["1 !", #"2 {"a":1}"#]),
  ]

  @Test(arguments: mistakes)
  func aMistakeCostsItsOwnLine(text: String, found: [String]) throws {
    for size in [1, 3, 100_000] { #expect(try Self.read(text, size: size) == found, "\(size)") }
  }

  @Test func bytesThatAreNoTextCostTheirLine() throws {
    let bytes = Array("{\"a\":\"".utf8) + [0xFF, 0xFE] + Array("\"}\n{\"a\":1}\n".utf8)
    #expect(try Self.read(bytes, size: 5) == ["1 !", #"2 {"a":1}"#])
  }

  @Test func aLineThatIsTooLongIsPassed() throws {
    let long = "{\"a\":\"" + String(repeating: "x", count: EventBodyReader.maximumSize * 2) + "\"}\n"
    #expect(try Self.read(long + "{\"a\":1}\n", size: 65_536) == ["1 !", #"2 {"a":1}"#])
  }

  @Test func anArrayOnOneLineMayBeAsLongAsItLikes() throws {
    let element = "{\"a\":\"" + String(repeating: "x", count: 1000) + "\"}"
    let count = EventBodyReader.maximumSize / 1000 + 5
    let text = "[" + repeatElement(element, count: count).joined(separator: ",") + "]\n{\"a\":1}"
    let found = try Self.read(text, size: 65_536)
    #expect(found.count == count + 1)
    #expect(found.last == #"2 {"a":1}"#)
  }

  /// Whatever stands in a file, it is read to its end.
  @Test func nothingStopsTheReading() throws {
    var generator = SeededGenerator(seed: 9)
    let pieces = ["{", "}", "[", "]", ",", ":", "\"", "\\", "\n", "1", "{\"a\":1}", "[{\"a\":1}]", " ", "é"]
    for _ in 0..<400 {
      let text = (0..<Int.random(in: 0...30, using: &generator))
        .map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
      let found = try Self.read(text + "\n{\"last\":1}\n", size: Int.random(in: 1...40, using: &generator))
      #expect(found.count <= text.utf8.count + 1)
    }
  }
}
