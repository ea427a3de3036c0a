import Foundation
import FuzzOracles
import TestSupport
import Testing

/// No text of a few kilobytes keeps a parser busy: what is eight times as long takes about eight times as long.
@Suite(.serialized) struct GrowthTests {
  /// Ways to make a long text: what stands once before it, what is repeated (with a number for `%`), what stands behind.
  struct Pattern: CustomStringConvertible {
    var target: FuzzTarget
    var begin: String
    var body: String
    var end: String

    init(_ target: FuzzTarget, _ begin: String, _ body: String, _ end: String = "") {
      (self.target, self.begin, self.body, self.end) = (target, begin, body, end)
    }

    func text(length: Int) -> [UInt8] {
      let parts = body.split(separator: "%", omittingEmptySubsequences: false).map { Array($0.utf8) }
      var result = Array(begin.utf8)
      var number = 0
      while result.count < length {
        result += parts.joined(separator: Array("\(number)".utf8))
        number += 1
      }
      return result + Array(end.utf8)
    }

    var description: String {
      "\(target): " + [begin, body, end].map(\.debugDescription).joined(separator: " ")
    }
  }

  /// What once took the square of its length, and what is like it.
  static let patterns: [Pattern] = [
    .init(.csv, "", "h%,"),
    .init(.csv, "", ","),
    .init(.csv, "firstName,notes\n\"", "x\n"),
    .init(.csv, "a,b\n", "\"\"\"\",\"x\"\"\"\n"),
    .init(.csv, "firstName,tags\nA,", "g%;"),
    .init(.csv, "firstName,groups\nA,\"", "g%;", "\"\n"),
    .init(.vcard, "BEGIN:VCARD\n", "X-%:1\n", "END:VCARD\n"),
    .init(.vcard, "", "BEGIN:VCARD\nX-%:1\nEND:VCARD\n"),
    .init(.vcard, "BEGIN:VCARD\nNOTE:", "a\n ", "\nEND:VCARD\n"),
    .init(.vcard, "BEGIN:VCARD\n", "item%.TEL:%\nitem%.X-ABLabel:%\n", "END:VCARD\n"),
    .init(.vcard, "BEGIN:VCARD\nCATEGORIES:", "t%,", "\nEND:VCARD\n"),
    .init(.vcard, "BEGIN:VCARD\n", "CATEGORIES:t%\n", "END:VCARD\n"),
    .init(.json, "{", "\"k%\":1,", "\"z\":0}"),
    .init(.json, "{\"firstName\":\"a\",\"customFields\":{", "\"k%\":\"v\",", "\"z\":0}}"),
    .init(.json, "{\"firstName\":\"a\",\"tags\":[", "\"t%\",", "\"z\"]}"),
    .init(.json, "{\"name\":\"a\",\"content\":\"x\",\"variables\":[", "\"v%\",", "\"z\"]}"),
    .init(.json, "", "["),
    .init(.json, "/*", "*"),
    .init(.filter, "", "("),
    .init(.filter, "city in (", "a%,", "b)"),
    .init(.template, "", "{{#a}}{{/b}}"),
    .init(.template, "", "{{#a%}}x{{/a%}}"),
    .init(.template, "", "<blockquote>x"),
    .init(.template, "", "<a href=\"http://x/\">y"),
    .init(.template, "<script>", "</scrip"),
    .init(.template, "", "<!--"),
    .init(.bounce, "Content-Type: multipart/mixed; boundary=a\n\n", "--a\n\nx\n"),
    .init(.bounce, "Subject: a\n", " b\n"),
    .init(.bounce, "From: mailer-daemon@x\n\n", "5.1.1 x\n"),
    .init(.argv, "member\0list", "\0--tag\0a%"),
    .init(.argv, "member\0list", "\0--nosuch%"),
  ]

  @Test(arguments: patterns) func longTextsTakeNoLongerThanTheyAre(_ pattern: Pattern) throws {
    let length = ProcessInfo.processInfo.environment["CARESPHERE_TEST_GROWTH"].flatMap { Int($0) } ?? 16_000
    let short = try seconds(pattern, length: length / 8)
    let long = try seconds(pattern, length: length)
    // Eight times as long; were it the square, it would be sixty-four.
    #expect(long < 24 * short + 0.1, "\(short) s for \(length / 8) bytes, \(long) s for \(length)")
  }

  /// The processor's time, which does not depend on what else the machine is at.
  private func seconds(_ pattern: Pattern, length: Int) throws -> Double {
    let bytes = pattern.text(length: length)
    let before = now()
    try pattern.target.check(bytes)
    return now() - before
  }

  private func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
