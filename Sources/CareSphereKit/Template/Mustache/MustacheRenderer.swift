import TextFormats

/// One rendering of a program.
struct MustacheRenderer {
  /// Why a rendering stops.
  enum Failure: Error {
    case tooDeep, tooLarge, tooLong

    var message: String {
      switch self {
      case .tooDeep:
        "sections and partials stand in each other deeper than \(MustacheTemplate.maximumDepth) levels; "
          + "does a partial include itself?"
      case .tooLarge: "the text grows larger than \(MustacheProgram.maximumBytes >> 20) MiB"
      case .tooLong:
        "more than \(MustacheProgram.maximumSteps) sections and partials are entered; the template may never end"
      }
    }
  }

  private let program: MustacheProgram
  private let literals: UnsafeBufferPointer<UInt8>
  private let fields: [JSONValue]
  private(set) var output: [UInt8]
  /// What sections are about, the innermost last.
  private var stack: [JSONValue] = []
  /// What comes before each line of the partial at work.
  private var indentation: [UInt8] = []
  private var steps = 0

  /// - Parameters:
  ///   - literals: those of the program, for as long as the rendering takes.
  ///   - output: empty, with what capacity there is.
  init(
    program: MustacheProgram, literals: UnsafeBufferPointer<UInt8>, fields: [JSONValue], output: [UInt8]
  ) {
    self.program = program
    self.literals = literals
    self.fields = fields
    self.output = output
  }

  /// Does these operations.
  /// - Parameter depth: in how many sections and partials they stand.
  mutating func run(_ range: Range<Int>, depth: Int) throws(Failure) {
    guard depth <= MustacheTemplate.maximumDepth else { throw .tooDeep }
    var index = range.lowerBound
    while index < range.upperBound {
      switch program.operations[index] {
      case .text(let text, let startsLine): try writeText(text, startsLine: startsLine)
      case .lineStart:
        if !indentation.isEmpty { try write(indentation) }
      case .variable(let lookup, let isEscaped): try writeVariable(lookup, isEscaped: isEscaped)
      case .section(let lookup, let isInverted, let end):
        try runSection(lookup, isInverted: isInverted, (index + 1)..<end, depth)
        index = end
        continue
      case .partial(let unit, let indentation):
        if program.units.indices.contains(unit) {
          try runPartial(program.units[unit], indentation: indentation, depth)
        }
      }
      index += 1
    }
  }

  // MARK: Sections and partials

  private mutating func runSection(
    _ lookup: Int, isInverted: Bool, _ range: Range<Int>, _ depth: Int
  ) throws(Failure) {
    let value = value(program.lookups[lookup])
    if isInverted {
      if !Self.isTrue(value) { try enter(range, depth) }
    } else if case .array(let elements) = value {
      for element in elements {
        stack.append(element)
        try enter(range, depth)
        stack.removeLast()
      }
    } else if Self.isTrue(value) {
      stack.append(value)
      try enter(range, depth)
      stack.removeLast()
    }
  }

  private mutating func runPartial(
    _ range: Range<Int>, indentation added: Range<Int>?, _ depth: Int
  ) throws(Failure) {
    let outer = indentation
    if let added {
      indentation.append(contentsOf: literals[added])
    } else {
      indentation = []
    }
    try enter(range, depth)
    indentation = outer
  }

  private mutating func enter(_ range: Range<Int>, _ depth: Int) throws(Failure) {
    steps += 1
    guard steps <= MustacheProgram.maximumSteps else { throw .tooLong }
    try run(range, depth: depth + 1)
  }

  /// The specification's `!!data`: absent, false, empty and zero are not true.
  private static func isTrue(_ value: JSONValue) -> Bool {
    switch value {
    case .null: false
    case .bool(let value): value
    case .number(let text): Double(text) != 0
    case .string(let text): !text.isEmpty
    case .array(let elements): !elements.isEmpty
    case .object: true
    }
  }

  // MARK: Names

  private func value(_ lookup: MustacheLookup) -> JSONValue {
    if !stack.isEmpty {
      guard let first = lookup.path.first else { return stack.last ?? .null }
      for item in stack.reversed() {
        if case .object(let object) = item, let value = object[first] {
          return value.value(at: lookup.path.dropFirst())
        }
      }
    }
    switch lookup.source {
    case .value(let value): return value
    case .field(let index, let path):
      guard index < fields.count else { return .null }
      return path.isEmpty ? fields[index] : fields[index].value(at: path)
    }
  }

  // MARK: Writing

  private mutating func writeVariable(_ lookup: Int, isEscaped: Bool) throws(Failure) {
    switch value(program.lookups[lookup]) {
    case .null: break
    case .string(let text): try write(text, isEscaped: isEscaped)
    case .number(let text): try write(Self.withoutTrailingZeros(text), isEscaped: false)
    case .bool(let value): try write(value ? "true" : "false", isEscaped: false)
    case let value: try write(Self.text(value), isEscaped: isEscaped)
    }
  }

  /// A list as a sentence has it; an object by its name where it has one, else as JSON.
  private static func text(_ value: JSONValue) -> String {
    switch value {
    case .null: return ""
    case .string(let text): return text
    case .number(let text): return withoutTrailingZeros(text)
    case .bool, .object: break
    case .array(let elements): return elements.map(text).joined(separator: ", ")
    }
    if case .object(let object) = value, case .string(let name)? = object["name"] { return name }
    return JSONWriter.string(value)
  }

  /// A number as JSON spells it, but for zeros at the end that say nothing.
  private static func withoutTrailingZeros(_ number: String) -> String {
    let digits = number.utf8
    guard digits.contains(UInt8(ascii: ".")),
      !digits.contains(where: { $0 == UInt8(ascii: "e") || $0 == UInt8(ascii: "E") })
    else { return number }
    var kept = digits[...]
    while kept.last == UInt8(ascii: "0") { kept.removeLast() }
    if kept.last == UInt8(ascii: ".") { kept.removeLast() }
    return String(decoding: kept, as: UTF8.self)
  }

  private mutating func write(_ text: String, isEscaped: Bool) throws(Failure) {
    var text = text
    let outcome = text.withUTF8 { bytes -> Result<Void, Failure> in
      do throws(Failure) {
        if isEscaped { try writeEscaped(bytes) } else { try write(bytes) }
        return .success(())
      } catch {
        return .failure(error)
      }
    }
    try outcome.get()
  }

  private mutating func writeEscaped(_ bytes: UnsafeBufferPointer<UInt8>) throws(Failure) {
    switch program.escaping {
    case .none: try write(bytes)
    case .html: try writeHTML(bytes)
    case .markdown: try write(MarkdownEscaper.escaped(bytes))
    case .json:
      var literal: [UInt8] = []
      JSONWriter.appendString(utf8: bytes, to: &literal)
      try write(literal.dropFirst().dropLast())
    }
  }

  private mutating func writeHTML(_ bytes: UnsafeBufferPointer<UInt8>) throws(Failure) {
    var start = 0
    for index in bytes.indices {
      guard let entity = Self.entity(bytes[index]) else { continue }
      try write(UnsafeBufferPointer(rebasing: bytes[start..<index]))
      try write(UnsafeBufferPointer(start: entity.utf8Start, count: entity.utf8CodeUnitCount))
      start = index + 1
    }
    try write(start == 0 ? bytes : UnsafeBufferPointer(rebasing: bytes[start...]))
  }

  private static func entity(_ byte: UInt8) -> StaticString? {
    switch byte {
    case UInt8(ascii: "&"): "&amp;"
    case UInt8(ascii: "\""): "&quot;"
    case UInt8(ascii: "<"): "&lt;"
    case UInt8(ascii: ">"): "&gt;"
    default: nil
    }
  }

  private mutating func writeText(_ range: Range<Int>, startsLine: Bool) throws(Failure) {
    let text = UnsafeBufferPointer(rebasing: literals[range])
    guard !indentation.isEmpty else { return try write(text) }
    if startsLine { try write(indentation) }
    var start = 0
    // What follows the last line feed of the text is not of this text's lines.
    while let lineFeed = text[start...].firstIndex(of: UInt8(ascii: "\n")), lineFeed + 1 < text.count {
      try write(UnsafeBufferPointer(rebasing: text[start...lineFeed]))
      try write(indentation)
      start = lineFeed + 1
    }
    try write(UnsafeBufferPointer(rebasing: text[start...]))
  }

  private mutating func write(_ bytes: some Collection<UInt8>) throws(Failure) {
    guard bytes.count <= MustacheProgram.maximumBytes - output.count else { throw .tooLarge }
    output.append(contentsOf: bytes)
  }
}
