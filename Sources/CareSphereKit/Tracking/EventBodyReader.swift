import Glibc
import TextFormats

/// Reads what webhooks post: a body a line, an array, or one document over several lines, in any mixture. Arrays are
/// taken apart and never held whole. What cannot be read costs its own line only, so that a file that was cut off, or
/// into which something else was written, gives what is good in it.
final class EventBodyReader {
  /// A value, or why there is none, with the line where it begins.
  struct Body {
    var line: Int
    var value: Result<JSONValue, JSONError>
  }

  /// A line or a document that is larger is taken for a mistake, but for an array, which is read element by element.
  static let maximumSize = 1 << 20

  private let source: ByteSource
  /// Larger than a pipe's buffer.
  private var chunk = [UInt8](repeating: 0, count: 256 << 10)
  private var buffer: [UInt8] = []
  private var start = 0
  private var isComplete = false
  /// The line where the window begins, from 1.
  private var line = 1
  /// What was read already of an array on one line, the last first.
  private var waiting: [Body] = []
  /// The line where the array begins in which the window is; nil outside of one.
  private var arrayLine: Int?
  /// How often a value over several lines may still turn out to be none: each time costs a look through `maximumSize`.
  private var attempts = 1000

  /// - Parameter source: the file, at its beginning.
  init(_ source: ByteSource) { self.source = source }

  /// The next body; nil at the end.
  /// - Throws: `.io` where the file cannot be read.
  func next() throws(CareError) -> Body? {
    while true {
      if let body = waiting.popLast() { return body }
      if arrayLine != nil {
        if let body = try nextElement() { return body }
      } else {
        guard let body = try nextLine() else { return nil }
        waiting = body.reversed()
      }
    }
  }

  // MARK: Lines

  /// What the next line has; empty for a blank line and for the beginning of an array, nil at the end.
  private func nextLine() throws(CareError) -> [Body]? {
    if line == 1 { try skipByteOrderMark() }
    guard let length = try lineLength() else {
      return try skipLongLine()
    }
    if length == 0 { return nil }
    let place = line
    let (first, last, parsed) = window { text in
      let body = UnsafeBufferPointer(rebasing: text[..<length])
      guard let first = body.first(where: { !Self.isBlank($0) }) else {
        return (UInt8(0), UInt8(0), Result<JSONValue, JSONError>.success(.array([])))
      }
      return (first, body.last { !Self.isBlank($0) } ?? 0, Self.parse(body, place))
    }
    switch parsed {
    case .success(.array(let elements)):
      consume(length)
      return elements.map { Body(line: place, value: .success($0)) }
    case .success(let value):
      consume(length)
      return [Body(line: place, value: .success(value))]
    case .failure:
      if attempts > 0, "{[,:".utf8.contains(last) {
        if first == UInt8(ascii: "[") { return try beginArray() }
        if first == UInt8(ascii: "{"), let document = try document() { return [document] }
      }
      consume(length)
      return [Body(line: place, value: parsed)]
    }
  }

  /// The length of the next line with its end; 0 at the end of the file, nil where it is longer than any is.
  private func lineLength() throws(CareError) -> Int? {
    var looked = 0
    while true {
      let found = window { text -> Int? in
        guard let base = text.baseAddress, looked < text.count,
          let end = memchr(base + looked, 0x0A, text.count - looked)
        else { return nil }
        return UnsafeRawPointer(base).distance(to: end) + 1
      }
      if let found { return found }
      looked = count
      if isComplete { return looked }
      if looked > Self.maximumSize { return nil }
      try refill()
    }
  }

  /// Passes a line that is too long, without holding it; an array is read element by element.
  private func skipLongLine() throws(CareError) -> [Body] {
    let first = window { text in text.first { !Self.isBlank($0) } }
    if first == UInt8(ascii: "[") { return try beginArray() }
    let place = line
    while true {
      let end = window { text in text.firstIndex(of: 0x0A) }
      consume(end.map { $0 + 1 } ?? count)
      if end != nil || isComplete { break }
      try refill()
    }
    let error = JSONError(
      "the line is longer than \(Self.maximumSize >> 20) MiB", at: TextPosition(line: place))
    return [Body(line: place, value: .failure(error))]
  }

  private func skipByteOrderMark() throws(CareError) {
    while count < 3, !isComplete { try refill() }
    let hasMark = window { $0.starts(with: [0xEF, 0xBB, 0xBF]) }
    if hasMark { start += 3 }
  }

  /// An object over several lines; nil where what begins here is none.
  private func document() throws(CareError) -> Body? {
    let place = line
    attempts -= 1
    guard let length = try valueLength() else { return nil }
    let parsed = window { Self.parse(UnsafeBufferPointer(rebasing: $0[..<length]), place) }
    guard case .success = parsed else { return nil }
    attempts += 1
    consume(length)
    return Body(line: place, value: parsed)
  }

  // MARK: Arrays

  private func beginArray() throws(CareError) -> [Body] {
    arrayLine = line
    try skipBlanks()
    consume(1)
    return []
  }

  /// The next element of the array in which the window is; nil where the array ends.
  private func nextElement() throws(CareError) -> Body? {
    try skipBlanks()
    if passes(",") { try skipBlanks() }
    if passes("]") {
      arrayLine = nil
      return nil
    }
    let place = line
    guard count > 0 else {
      let begin = arrayLine ?? place
      arrayLine = nil
      return Body(
        line: begin, value: .failure(JSONError("the array has no end", at: TextPosition(line: begin))))
    }
    if let length = try valueLength(), length > 0 {
      let (parsed, isOneLine) = window { text in
        let value = UnsafeBufferPointer(rebasing: text[..<length])
        return (Self.parse(value, place), !value.contains(0x0A))
      }
      if case .success = parsed {
        consume(length)
        return Body(line: place, value: parsed)
      }
      if isOneLine {
        consume(length)
        return Body(line: place, value: parsed)
      }
    }
    // Where such an element ends cannot be known: go on with the next line.
    arrayLine = nil
    attempts -= 1
    if let length = try lineLength() {
      consume(length)
    } else {
      _ = try skipLongLine()
    }
    let error = JSONError("the value that begins here has no end", at: TextPosition(line: place))
    return Body(line: place, value: .failure(error))
  }

  /// The length of the value with which the window begins; nil where it has no end, or is larger than any is.
  private func valueLength() throws(CareError) -> Int? {
    while true {
      let isLast = isComplete
      if let length = window({ JSONScanner.valueEnd($0, from: 0, isLast: isLast) }) {
        return length <= Self.maximumSize ? length : nil
      }
      if isLast || count > Self.maximumSize { return nil }
      try refill()
    }
  }

  private func passes(_ byte: Unicode.Scalar) -> Bool {
    guard window({ $0.first }) == UInt8(ascii: byte) else { return false }
    consume(1)
    return true
  }

  private func skipBlanks() throws(CareError) {
    while true {
      let blank = window { text in text.firstIndex { !Self.isBlank($0) } ?? text.count }
      consume(blank)
      if count > 0 || isComplete { return }
      try refill()
    }
  }

  // MARK: The window

  private var count: Int { buffer.count - start }

  private func window<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    buffer.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[start...])) }
  }

  private func consume(_ length: Int) {
    line += window { text in
      var lines = 0
      for byte in UnsafeBufferPointer(rebasing: text[..<length]) where byte == 0x0A { lines += 1 }
      return lines
    }
    start += length
  }

  private func refill() throws(CareError) {
    if start > 0 {
      buffer.removeFirst(start)
      start = 0
    }
    let read = try chunk.withUnsafeMutableBufferPointer { (all) throws(CareError) in
      try source.read(into: UnsafeMutableRawBufferPointer(all))
    }
    buffer.append(contentsOf: chunk[..<read])
    isComplete = read == 0
  }

  private static func parse(
    _ text: UnsafeBufferPointer<UInt8>, _ line: Int
  ) -> Result<JSONValue, JSONError> {
    do throws(JSONError) {
      return .success(try JSONParser.parse(text, startingAt: TextPosition(line: line)))
    } catch {
      return .failure(error)
    }
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
  }
}
