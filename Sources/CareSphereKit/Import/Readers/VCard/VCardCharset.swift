/// The `CHARSET` parameter of vCard 2.1, which says line by line how text is encoded.
enum VCardCharset {
  /// The text of a line that is not ASCII and names its own character set.
  /// - Returns: nil where it is for the file's encoding to say.
  static func decode(line: [UInt8]) -> String? {
    guard line.contains(where: { $0 >= 0x80 }) else { return nil }
    let head = String(decoding: line.prefix { $0 != UInt8(ascii: ":") }, as: UTF8.self).uppercased()
    guard let property = VCardProperty(head + ":"), let charset = property.values(of: "CHARSET").first else {
      return nil
    }
    return decode(line, charset: charset)
  }

  /// Text in a named character set; in Windows-1252 where it is UTF-8 by name only or by default and is
  /// none.
  /// - Parameter charset: in small letters.
  static func decode(_ bytes: [UInt8], charset: String?) -> String {
    let isLatin = ["iso-8859-1", "iso-8859-15", "latin1", "windows-1252", "cp1252"].contains(charset ?? "")
    if !isLatin, let text = String(validating: bytes, as: UTF8.self) { return text }
    var text = String.UnicodeScalarView()
    for byte in bytes { text.append(Windows1252.lenientScalar(byte)) }
    return String(text)
  }
}
