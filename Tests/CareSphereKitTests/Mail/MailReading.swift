import Foundation
import SQLiteStore
import TestSupport
import Testing

@testable import CareSphereKit

/// A mail as Python's `email` package reads it.
struct ReadMail: Decodable, Equatable {
  var names: [String]
  var subject: String?
  var fromName: String
  var fromAddress: String
  var toName: String
  var toAddress: String
  var text: String
  var html: String?
  var defects: [String]
  var longestLine: Int
  var hasBareLineEnds: Bool
  var isASCII: Bool

  private static let script = """
    import sys, json, base64, email, email.policy, re
    def walk(m):
        yield m
        for p in (m.iter_parts() if m.is_multipart() else []):
            yield from walk(p)
    def content(part):
        if part is None: return None
        return part.get_payload(decode=True).decode(part.get_content_charset()).replace('\\r\\n', '\\n')
    for line in sys.stdin:
        raw = base64.b64decode(line)
        m = email.message_from_bytes(raw, policy=email.policy.default)
        defects = [repr(d) for p in walk(m) for d in p.defects]
        defects += [repr(d) for p in walk(m) for v in p.values() for d in v.defects]
        def box(name):
            a = m[name].addresses
            assert len(a) == 1, a
            return a[0].display_name, a[0].addr_spec
        print(json.dumps({
            'names': m.keys(), 'subject': m['Subject'] and str(m['Subject']),
            'fromName': box('From')[0], 'fromAddress': box('From')[1],
            'toName': box('To')[0], 'toAddress': box('To')[1],
            'text': content(m.get_body(('plain',))), 'html': content(m.get_body(('html',))),
            'defects': defects, 'longestLine': max(len(l) for l in raw.split(b'\\r\\n')),
            'hasBareLineEnds': bool(re.search(rb'(?<!\\r)\\n|\\r(?!\\n)', raw)), 'isASCII': raw.isascii()}))
    """

  /// Reads mails, all by one Python.
  static func read(_ mails: [[UInt8]], sourceLocation: SourceLocation = #_sourceLocation) throws -> [ReadMail]
  {
    try Requirement.tool("python3", sourceLocation: sourceLocation)
    let lines = try CryptoPython.run(script, input: mails.map { Data($0).base64EncodedString() })
    try #require(lines.count == mails.count, sourceLocation: sourceLocation)
    return try lines.map { try JSONDecoder().decode(ReadMail.self, from: Data($0.utf8)) }
  }
}

/// Makes mails without a database.
struct MailFixture {
  static let id = "019a0000-0000-7000-8000-0000000000a1"

  var configuration = Configuration()
  var values = MessageValues(title: "Test", content: "")

  init(_ format: BodyFormat = .text) {
    values.bodyFormat = format
    configuration.email.from = Mailbox(name: "Grace Church", address: "office@grace.example")
  }

  func pack(
    subject: String? = "Subject", _ content: String = "Text", to name: String = "Ada",
    at address: String = "ada@example.org", id: String = MailFixture.id
  ) throws -> ComposedMessage {
    var packer = try MailPacker(
      values, configuration: configuration, zone: .utc,
      unsubscribing: UnsubscribeLink(configuration.email))
    packer.now = { Timestamp("2025-11-13T10:30:00Z") ?? .min }
    return try packer.pack(
      subject: subject, content: Array(content.utf8), to: Mailbox(name: name, address: address),
      recipientID: id)
  }

  /// The fields of the header as they travel.
  func header(_ composed: ComposedMessage) -> [String] {
    let mail = String(decoding: composed.outgoing.content, as: UTF8.self)
    let head = mail.range(of: "\r\n\r\n").map { String(mail[..<$0.lowerBound]) } ?? mail
    return head.replacingOccurrences(of: "\r\n ", with: " ").components(separatedBy: "\r\n")
  }
}

extension SeededGenerator {
  /// A text in some script or in several, with what mail systems stumble over.
  mutating func mailText(length: Int) -> String {
    let alphabets: [[String]] = [
      [
        "a", "b", "Z", "0", " ", " ", "-", ".", ",", ":", "=", "?", "_", "\"", "\\", "(", ")", "<", ">", "@",
        ";",
      ],
      ["ä", "ö", "ß", "é", "ñ", " ", "a", "ọ", "ẹ́", "e\u{301}", "ṣ", "’", "–"],
      ["你", "好", "世", "界", "。", " ", "한", "국", "ひ"], ["ש", "ל", "ו", "ם", " ", "م", "ر", "ح", "\u{200F}"],
      ["😀", "👨‍👩‍👧", "🇳🇬", "👍🏽", " ", "x"], ["И", "в", "а", "н", " ", "ά", "Ω", "अ", "नि", "ไ", "ท"],
      ["=?utf-8?q?x?=", "=?", "?=", "=20", "--", "\t", "From ", ".", "..", "&", "&amp;", "%s", "{{x}}"],
    ]
    var result = ""
    let count = Int.random(in: 0...length, using: &self)
    while result.unicodeScalars.count < count {
      let alphabet = alphabets.randomElement(using: &self) ?? []
      for _ in 0..<Int.random(in: 1...12, using: &self) {
        result += alphabet.randomElement(using: &self) ?? ""
      }
    }
    return result
  }

  /// A name of short words. Python shows a space more where a name takes two encoded words, which one of up to 45
  /// bytes never does.
  mutating func name(words: Int, bytes: Int) -> String {
    var name = ""
    for _ in 0..<Int.random(in: 1...words, using: &self) {
      var word = mailText(length: 6).filter { !$0.isWhitespace }
      while word.utf8.count > 45 { word.removeLast() }
      let longer = name.isEmpty || word.isEmpty ? name + word : "\(name) \(word)"
      if longer.utf8.count <= bytes { name = longer }
    }
    return name
  }
}
