import TextFormats

extension OutputStream {
  /// Appends UTF-8 text as a JSON string with its quotation marks.
  /// - Parameter scratch: a buffer to use again and again, for text that needs escapes.
  func appendJSON(_ utf8: UnsafeBufferPointer<UInt8>, scratch: inout [UInt8]) throws {
    guard ByteScan.containsJSONSpecial(utf8) else {
      try append(UInt8(ascii: "\""))
      try append(utf8)
      return try append(UInt8(ascii: "\""))
    }
    scratch.removeAll(keepingCapacity: true)
    JSONWriter.appendString(utf8: utf8, to: &scratch)
    try append(scratch)
  }
}

/// The strings of a JSON array as one cell, joined by `;`.
struct ListCell {
  private var joined: [UInt8] = []
  private static let separator = UInt8(ascii: ";")

  /// Calls `body` with the cell. What is no array of strings is handed over as it is.
  mutating func join(
    _ json: UnsafeBufferPointer<UInt8>, _ body: (UnsafeBufferPointer<UInt8>) throws -> Void
  ) throws {
    joined.removeAll(keepingCapacity: true)
    guard appendPlain(json) || appendParsed(json) else { return try body(json) }
    try joined.withUnsafeBufferPointer(body)
  }

  /// The common case, spelled as the database spells it: `["a","b"]`, no white space and no escapes.
  private mutating func appendPlain(_ json: UnsafeBufferPointer<UInt8>) -> Bool {
    let (quote, comma) = (UInt8(ascii: "\""), UInt8(ascii: ","))
    guard json.count >= 2, json[0] == UInt8(ascii: "["), json[json.count - 1] == UInt8(ascii: "]") else {
      return false
    }
    if json.count == 2 { return true }
    var position = 1
    while position < json.count, json[position] == quote {
      position += 1
      while position < json.count, json[position] != quote {
        if json[position] < 0x20 || json[position] == UInt8(ascii: "\\") { return false }
        joined.append(json[position])
        position += 1
      }
      position += 1
      if position == json.count - 1 { return true }
      guard position < json.count, json[position] == comma else { return false }
      joined.append(Self.separator)
      position += 1
    }
    return false
  }

  private mutating func appendParsed(_ json: UnsafeBufferPointer<UInt8>) -> Bool {
    joined.removeAll(keepingCapacity: true)
    guard case .array(let elements)? = try? JSONParser.parse(Array(json)) else { return false }
    for (index, element) in elements.enumerated() {
      guard case .string(let text) = element else { return false }
      if index > 0 { joined.append(Self.separator) }
      joined.append(contentsOf: text.utf8)
    }
    return true
  }
}
