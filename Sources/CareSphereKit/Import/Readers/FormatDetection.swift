import TextFormats

/// Finds out what kind of file an import is.
enum FormatDetection {
  /// Enough to see `BEGIN:VCARD` in UTF-16 behind a byte-order mark and some white space.
  static let headSize = 64

  /// What a file is by its name, else by its first bytes.
  /// - Parameters:
  ///   - name: the file's name or path.
  ///   - head: its first `headSize` bytes, not decoded.
  /// - Returns: `auto` for a table, whose delimiter will tell more; `json` where it may also be JSON
  ///   Lines.
  static func format(name: String, head: [UInt8]) -> InputFormat {
    // The ASCII beginning looks the same in every encoding once marks and NULs are left out.
    let plain = head.filter { $0 > 0x20 && $0 < 0x7F }
    // No table begins like that, whatever the file is called: rejected records may be in a bad.csv.
    let beginsLikeRecord = plain.starts(with: "{\"".utf8)
    switch fileExtension(name) {
    case "csv" where !beginsLikeRecord: return .csv
    case "tsv" where !beginsLikeRecord, "tab" where !beginsLikeRecord: return .tsv
    case "json": return .json
    case "jsonl", "ndjson": return .jsonl
    case "vcf", "vcard": return .vcard
    default: break
    }
    if String(decoding: plain, as: UTF8.self).uppercased().hasPrefix("BEGIN:VCARD") { return .vcard }
    switch plain.first {
    case UInt8(ascii: "["), UInt8(ascii: "{"): return .json
    default: return .auto
    }
  }

  /// Whether a file is a zip file, as .xlsx and .ods are, or the container that .xls is (APPNOTE.TXT 4.3.7, MS-CFB 2.2).
  static func isWorkbook(_ head: [UInt8]) -> Bool {
    head.starts(with: [0x50, 0x4B, 0x03, 0x04])
      || head.starts(with: [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1])
  }

  private static func fileExtension(_ name: String) -> String {
    let file = name.split(separator: "/").last ?? ""
    guard let dot = file.lastIndex(of: "."), dot > file.startIndex else { return "" }
    return file[file.index(after: dot)...].lowercased()
  }

  /// Whether a file that begins like JSON is JSON Lines: its first line is an object that ends with the
  /// line, and it is not our envelope.
  static func isJSONLines(_ source: TextSource) throws(CareError) -> Bool {
    let first = try source.ask(line: 1) { text, _ in
      let start = JSONScanner.skipWhitespace(text, from: 0)
      return start < text.count ? text[start] : nil
    }
    guard first == UInt8(ascii: "{") else { return false }
    // The envelope first: all of it may be one line, too long to be looked through for its end.
    let key = try JSONRecordReader.firstKey(of: source, line: 1)
    if JSONRecordReader.isEnvelopeKey(key) { return false }
    return try endsWithItsLine(source)
  }

  /// Whether the value with which a file begins ends with the line on which it begins.
  private static func endsWithItsLine(_ source: TextSource) throws(CareError) -> Bool {
    let answer = try source.ask(line: 1) { text, isLast in
      let start = JSONScanner.skipWhitespace(text, from: 0)
      let end = JSONScanner.valueEnd(text, from: start, isLast: isLast)
      let lineEnd = text[start...].firstIndex(of: 0x0A)
      if let end { return end <= lineEnd ?? text.count }
      return lineEnd == nil ? nil : false
    }
    return answer ?? false
  }
}
