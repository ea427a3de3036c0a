/// Writes JSON as UTF-8: compact, or with two spaces of indentation for people.
public enum JSONWriter {
  /// A value as bytes.
  /// - Parameter pretty: whether to put every member and element on a line of its own.
  public static func bytes(_ value: JSONValue, pretty: Bool = false) -> [UInt8] {
    var result: [UInt8] = []
    append(value, to: &result, pretty: pretty)
    return result
  }

  /// A value as text.
  /// - Parameter pretty: whether to put every member and element on a line of its own.
  public static func string(_ value: JSONValue, pretty: Bool = false) -> String {
    String(decoding: bytes(value, pretty: pretty), as: UTF8.self)
  }

  /// Appends a value to an output buffer.
  /// - Parameters:
  ///   - value: what to write. It may come from `JSONParser`, which bounds its depth.
  ///   - output: the buffer, in UTF-8.
  ///   - pretty: whether to put every member and element on a line of its own.
  ///   - indentation: how deep the value stands in what is being written around it, in levels.
  public static func append(
    _ value: JSONValue, to output: inout [UInt8], pretty: Bool = false, indentation: Int = 0
  ) {
    switch value {
    case .null: output.append(contentsOf: "null".utf8)
    case .bool(let value): output.append(contentsOf: (value ? "true" : "false").utf8)
    case .number(let spelling): output.append(contentsOf: spelling.utf8)
    case .string(let text): appendString(text, to: &output)
    case .array(let elements):
      appendList(elements, "[", "]", to: &output, pretty, indentation) { element, output in
        append(element, to: &output, pretty: pretty, indentation: indentation + 1)
      }
    case .object(let object):
      appendList(object.members, "{", "}", to: &output, pretty, indentation) { member, output in
        appendString(member.key, to: &output)
        output.append(UInt8(ascii: ":"))
        if pretty { output.append(UInt8(ascii: " ")) }
        append(member.value, to: &output, pretty: pretty, indentation: indentation + 1)
      }
    }
  }

  private static func appendList<Item>(
    _ items: [Item], _ opener: Unicode.Scalar, _ closer: Unicode.Scalar, to output: inout [UInt8],
    _ pretty: Bool, _ indentation: Int, _ appendItem: (Item, inout [UInt8]) -> Void
  ) {
    func breakLine(_ levels: Int) {
      output.append(0x0A)
      output.append(contentsOf: repeatElement(0x20, count: 2 * levels))
    }
    output.append(UInt8(ascii: opener))
    for (index, item) in items.enumerated() {
      if index > 0 { output.append(UInt8(ascii: ",")) }
      if pretty { breakLine(indentation + 1) }
      appendItem(item, &output)
    }
    if pretty && !items.isEmpty { breakLine(indentation) }
    output.append(UInt8(ascii: closer))
  }

  /// Appends a string with its quotes.
  public static func appendString(_ text: String, to output: inout [UInt8]) {
    var text = text
    text.withUTF8 { appendString(utf8: $0, to: &output) }
  }

  /// Appends a string with its quotes, escaping what RFC 8259 section 7 demands and nothing else.
  /// - Parameters:
  ///   - utf8: the text, valid UTF-8; it is copied run by run between the bytes to be escaped.
  ///   - output: the buffer, in UTF-8.
  public static func appendString(utf8: UnsafeBufferPointer<UInt8>, to output: inout [UInt8]) {
    var end = plainRunEnd(utf8, from: 0)
    if end == utf8.count { return appendPlain(utf8, to: &output) }
    output.append(UInt8(ascii: "\""))
    var start = 0
    while start < utf8.count {
      output.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[start..<end]))
      if end < utf8.count { appendEscaped(utf8[end], to: &output) }
      start = end + 1
      if start < utf8.count { end = plainRunEnd(utf8, from: start) }
    }
    output.append(UInt8(ascii: "\""))
  }

  /// Most strings need no escape; they are copied at once, into room made once.
  private static func appendPlain(_ utf8: UnsafeBufferPointer<UInt8>, to output: inout [UInt8]) {
    output.append(addingCapacity: utf8.count + 2) { room in
      room.append(UInt8(ascii: "\""))
      room.withUnsafeMutableBufferPointer { buffer, initialized in
        let rest = UnsafeMutableBufferPointer(rebasing: buffer[initialized...])
        let copied = rest.update(fromContentsOf: utf8)
        initialized += copied
      }
      room.append(UInt8(ascii: "\""))
    }
  }

  /// The offset of the next byte that must be escaped, or the end. Eight bytes are judged at a time
  /// by the usual carry tricks on words: a byte is below 0x20, or zero once the quote or backslash
  /// is taken off by exclusive or.
  private static func plainRunEnd(_ utf8: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let highs: UInt64 = 0x8080_8080_8080_8080
    let raw = UnsafeRawBufferPointer(utf8)
    var offset = start
    while offset + 8 <= utf8.count {
      let word = raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
      let quote = word ^ (ones &* UInt64(UInt8(ascii: "\"")))
      let backslash = word ^ (ones &* UInt64(UInt8(ascii: "\\")))
      let below = (word &- ones &* 0x20) & ~word
      let special = below | ((quote &- ones) & ~quote) | ((backslash &- ones) & ~backslash)
      if special & highs != 0 { break }
      offset += 8
    }
    while offset < utf8.count, !mustBeEscaped(utf8[offset]) { offset += 1 }
    return offset
  }

  private static func mustBeEscaped(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
  }

  private static func appendEscaped(_ byte: UInt8, to output: inout [UInt8]) {
    let letter: Unicode.Scalar
    switch byte {
    case UInt8(ascii: "\""): letter = "\""
    case UInt8(ascii: "\\"): letter = "\\"
    case 0x08: letter = "b"
    case 0x09: letter = "t"
    case 0x0A: letter = "n"
    case 0x0C: letter = "f"
    case 0x0D: letter = "r"
    default:
      output.append(contentsOf: byte < 0x10 ? "\\u000".utf8 : "\\u00".utf8)
      output.append(contentsOf: String(byte, radix: 16).utf8)
      return
    }
    output.append(UInt8(ascii: "\\"))
    output.append(UInt8(ascii: letter))
  }
}
