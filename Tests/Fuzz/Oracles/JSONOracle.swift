import CareSphereKit
import TextFormats

/// JSON and JSON5, and the bodies that people and providers send in it: what is read is the same after it has been
/// written; a body is taken or refused in words.
enum JSONOracle {
  static func check(_ bytes: [UInt8]) throws {
    let strict = try? JSONParser.parse(bytes)
    let lenient = try? JSON5Parser.parse(bytes)
    if let strict {
      try require(
        isSame(lenient, strict), "as JSON5 it is \(lenient.map { JSONWriter.string($0) } ?? "nothing")")
    }
    for format in [InputFormat.json, .jsonl] { try ImportReading.steady(bytes, format: format).drafts() }
    for preset in EventPreset.allCases { try readEvents(bytes, preset) }
    guard let value = strict ?? lenient else { return }
    try rewrite(value)
    try readBody(value)
  }

  private static func isSame(_ left: JSONValue?, _ right: JSONValue) -> Bool {
    left.map { JSONWriter.bytes($0) } == JSONWriter.bytes(right)
  }

  private static func rewrite(_ value: JSONValue) throws {
    for pretty in [false, true] {
      let written = JSONWriter.bytes(value, pretty: pretty)
      do {
        let again = try JSONParser.parse(written)
        try require(isSame(again, value), "\(value)\nbecame \(again)")
      } catch let error as JSONError {
        throw BrokenPromise(
          "what was written is not read: \(error)\n\(String(decoding: written, as: UTF8.self))")
      }
    }
  }

  private static func readEvents(_ bytes: [UInt8], _ preset: EventPreset) throws {
    var rest = bytes[...]
    let source = ByteSource(name: "events") { buffer in
      let count = min(buffer.count, rest.count, 4096)
      buffer.copyBytes(from: rest.prefix(count))
      rest = rest.dropFirst(count)
      return count
    }
    let file = EventFile(source, preset: preset)
    var parts = 0
    while try file.read() {
      parts += 1
      try require(parts <= bytes.count, "more events than bytes")
    }
  }

  /// Request bodies, each as if it were meant.
  private static func readBody(_ value: JSONValue) throws {
    try refusing { try TemplateInput(flags: [], body: value).values() }
    try refusing { try GroupInput(flags: [], body: value) }
    try refusing { try MessageInput(flags: [], body: value) }
    try refusing { try RuleInput(flags: [], body: value) }
    if case .object(let object) = value {
      try refusing {
        let expression = try FilterExpression(conditions: object)
        guard expression.description.utf8.count < 65_536 else { return }
        try FilterOracle.shared.get().check(Filter(expression))
      }
    }
  }

  /// A body may be refused, but only as what it is: somebody's mistake.
  private static func refusing<Result>(_ body: () throws -> Result) throws {
    do {
      _ = try body()
    } catch let error as CareError where [.validation, .usage, .notFound, .conflict].contains(error.code) {
      return
    }
  }
}
