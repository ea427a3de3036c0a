/// A mail, or a part of one, as far as bounces need it: no mail is too broken to be read as something.
struct ReceivedPart: Sendable {
  var headers = ReceivedHeaders()
  /// In small letters; `text/plain` where the head says none.
  var type = "text/plain"
  /// The parameters of the type, their names in small letters.
  var parameters: [String: String] = [:]
  /// What stands in it, decoded; empty where it has parts.
  var body: [UInt8] = []
  var parts: [ReceivedPart] = []

  /// Deeper nesting is taken for text.
  private static let maximumDepth = 16
  /// More parts than any bounce has.
  private static let maximumParts = 200

  /// Reads a mail. The line with which an mbox begins a mail is passed.
  init(mail bytes: [UInt8]) {
    self = bytes.withUnsafeBufferPointer { bytes in
      var start = 0
      if let line = MailLines.line(bytes, at: 0), bytes[line.text].starts(with: "From ".utf8) {
        start = line.end
      }
      var count = 0
      return Self.read(UnsafeBufferPointer(rebasing: bytes[start...]), depth: 0, &count)
    }
  }

  /// The part itself and all that it contains, from the outside in.
  var all: [ReceivedPart] { [self] + parts.flatMap(\.all) }

  /// The first part of one of these types.
  func first(of types: String...) -> ReceivedPart? { all.first { types.contains($0.type) } }

  /// The text of the body; what is no UTF-8 in it is replaced.
  var text: String { String(decoding: body, as: UTF8.self) }

  /// The fields with which the body begins, for parts that are mails or heads of mails themselves.
  var innerHeaders: ReceivedHeaders {
    body.withUnsafeBufferPointer { bytes in
      var offset = 0
      while let line = MailLines.line(bytes, at: offset), line.text.isEmpty { offset = line.end }
      return ReceivedHeaders.read(bytes, from: offset).headers
    }
  }

  /// The groups of fields in the body that blank lines part.
  var innerGroups: [ReceivedHeaders] {
    body.withUnsafeBufferPointer { bytes in
      var groups: [ReceivedHeaders] = []
      var offset = 0
      while offset < bytes.count, groups.count < Self.maximumParts {
        let (headers, end) = ReceivedHeaders.read(bytes, from: offset)
        if !headers.isEmpty { groups.append(headers) }
        // A line that can be no field ends the group; go on behind it.
        offset = end > offset ? end : MailLines.line(bytes, at: offset)?.end ?? bytes.count
      }
      return groups
    }
  }

  private init() {}

  private static func read(
    _ bytes: UnsafeBufferPointer<UInt8>, depth: Int, _ count: inout Int
  ) -> ReceivedPart {
    count += 1
    var part = ReceivedPart()
    let (headers, bodyStart) = ReceivedHeaders.read(bytes, from: 0)
    part.headers = headers
    part.readType(headers.value("content-type"))
    let body = UnsafeBufferPointer(rebasing: bytes[min(bodyStart, bytes.count)...])
    if part.type.hasPrefix("multipart/"), let boundary = part.parameters["boundary"], !boundary.isEmpty,
      depth < maximumDepth
    {
      for range in ranges(of: body, boundary: Array("--\(boundary)".utf8)) where count < maximumParts {
        part.parts.append(read(UnsafeBufferPointer(rebasing: body[range]), depth: depth + 1, &count))
      }
    }
    if part.parts.isEmpty {
      part.body = TransferEncoding.decode(body, headers.value("content-transfer-encoding"))
    }
    return part
  }

  /// Where the parts of a multipart are (RFC 2046, section 5.1.1). The last one may lack its end.
  private static func ranges(
    of body: UnsafeBufferPointer<UInt8>, boundary: [UInt8]
  ) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var begin: Int?
    var offset = 0
    while let line = MailLines.line(body, at: offset) {
      if body[line.text].starts(with: boundary) {
        let rest = body[line.text].dropFirst(boundary.count)
        let isEnd = rest.starts(with: "--".utf8)
        if isEnd || rest.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) {
          // The line end before a boundary belongs to the boundary.
          if let begin { ranges.append(begin..<max(begin, withoutLineEnd(body, line.text.lowerBound))) }
          if isEnd { return ranges }
          begin = line.end
          if ranges.count >= maximumParts { return ranges }
        }
      }
      offset = line.end
    }
    if let begin, begin < body.count { ranges.append(begin..<body.count) }
    return ranges
  }

  private static func withoutLineEnd(_ bytes: UnsafeBufferPointer<UInt8>, _ end: Int) -> Int {
    guard end > 0, bytes[end - 1] == 0x0A else { return end }
    return end > 1 && bytes[end - 2] == 0x0D ? end - 2 : end - 1
  }

  /// Reads `multipart/report; report-type=delivery-status; boundary="…"` (RFC 2045, section 5.1).
  private mutating func readType(_ value: String?) {
    guard let value else { return }
    var fields: [String] = [""]
    var isQuoted = false
    var isEscaped = false
    for scalar in value.unicodeScalars {
      if isEscaped {
        isEscaped = false
      } else if isQuoted, scalar == "\\" {
        isEscaped = true
        continue
      } else if scalar == "\"" {
        isQuoted.toggle()
        continue
      } else if scalar == ";", !isQuoted {
        fields.append("")
        continue
      }
      fields[fields.count - 1].unicodeScalars.append(scalar)
    }
    let type = HeaderText.trimmed(fields[0]).lowercased()
    if type.contains("/") { self.type = type }
    for field in fields.dropFirst() {
      let sides = field.split(separator: "=", maxSplits: 1)
      guard sides.count == 2 else { continue }
      parameters[HeaderText.trimmed(sides[0]).lowercased()] = HeaderText.trimmed(sides[1])
    }
  }
}
