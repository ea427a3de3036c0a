import CommandLineKit

extension Output {
  /// Writes a text that is somebody's, byte for byte. A terminal gets its lines and columns, but nothing that moves the
  /// cursor or turns the reading direction.
  func emit(stored text: String) throws {
    guard console.output.isTerminal, options.file == nil else { return try emit(text: text) }
    // Unicode's CR LF is one character, which a line feed alone does not split at.
    let lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { line in
      let content = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
      return content.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false)
        .map { console.visible(String(decoding: $0, as: UTF8.self)) }.joined(separator: "\t")
    }
    let shown = lines.joined(separator: "\n")
    try emit(text: shown.utf8.last == UInt8(ascii: "\n") ? shown : shown + "\n")
  }
}
