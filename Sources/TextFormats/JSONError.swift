/// Why and where a text is no JSON.
public struct JSONError: Error, Equatable, Sendable, CustomStringConvertible {
  /// What was found and what was expected, without the place.
  public var message: String
  /// The place of the first byte that is wrong.
  public var position: TextPosition

  /// An error with its place.
  public init(_ message: String, at position: TextPosition) {
    self.message = message
    self.position = position
  }

  /// The message with its line and column, for people.
  public var description: String { "line \(position.line), column \(position.column): \(message)" }
}

/// A place in a text.
public struct TextPosition: Equatable, Sendable {
  /// The line, from 1; LF, CR LF and a lone CR end one.
  public var line: Int
  /// The column, from 1, in Unicode scalars.
  public var column: Int
  /// The byte offset, from 0.
  public var offset: Int

  /// A place; without arguments the beginning of a text.
  public init(line: Int = 1, column: Int = 1, offset: Int = 0) {
    self.line = line
    self.column = column
    self.offset = offset
  }

  /// The place just behind some text.
  /// - Parameter utf8: the text between here and there, in UTF-8.
  public func advanced(over utf8: UnsafeBufferPointer<UInt8>) -> TextPosition {
    var result = self
    var afterCarriageReturn = false
    for byte in utf8 {
      result.offset += 1
      switch byte {
      case 0x0A where afterCarriageReturn:
        break  // The second half of a CR LF, whose line is counted already.
      case 0x0A, 0x0D:
        result.line += 1
        result.column = 1
      case 0x80..<0xC0:
        break  // A continuation byte belongs to the scalar before it.
      default:
        result.column += 1
      }
      afterCarriageReturn = byte == 0x0D
    }
    return result
  }
}
