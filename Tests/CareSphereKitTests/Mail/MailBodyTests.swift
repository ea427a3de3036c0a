import Foundation
import TestSupport
import Testing

@testable import CareSphereKit

/// How texts travel in a mail, and that they arrive.
@Suite struct MailBodyTests {
  /// As Python gives it: line feeds, and a last one where the mail has no parts.
  private func arrived(_ text: String) -> String {
    text.replacingOccurrences(of: "\r\n", with: "\n").replacingOccurrences(of: "\r", with: "\n")
  }

  @Test func pythonReadsBackTextsInAnyScript() throws {
    var generator = SeededGenerator(seed: 7)
    let fixture = MailFixture()
    let html = MailFixture(.html)
    var texts: [String] = [
      String(repeating: "x", count: 10_000), String(repeating: "é", count: 10_000), ".\n..\n.x\n\n.",
      "From me\nFrom: you\n>From her", " \n\t\n x \n", "\r\n\r\n", "a\rb\nc\r\nd", "",
      String(repeating: "From .", count: 500), String(repeating: "你", count: 999), "=\n==\n=3D",
      "a\u{1B}b\u{7F}",
    ]
    for length in 0..<200 {
      texts.append((0..<3).map { _ in generator.mailText(length: length) }.joined(separator: "\n"))
    }
    var mails: [[UInt8]] = []
    for text in texts {
      mails.append(try fixture.pack(text).outgoing.content)
      mails.append(try html.pack(text).outgoing.content)
    }
    let read = try ReadMail.read(mails)
    for (index, text) in texts.enumerated() {
      let (plain, alternative) = (read[2 * index], read[2 * index + 1])
      let expected = arrived(text)
      #expect(plain.text == expected || plain.text == expected + "\n", "\(text.prefix(100))")
      #expect(alternative.html == expected)
      #expect(alternative.text == String(decoding: HTMLText.plain(Array(text.utf8)), as: UTF8.self))
      for mail in [plain, alternative] {
        #expect(mail.defects == [] && mail.longestLine <= 110 && !mail.hasBareLineEnds && mail.isASCII)
      }
    }
  }

  private func encodings(_ text: String, _ format: BodyFormat = .text) throws -> [String] {
    String(decoding: try MailFixture(format).pack(text).outgoing.content, as: UTF8.self)
      .components(separatedBy: "\r\n").filter { $0.hasPrefix("Content-Transfer-Encoding: ") }
      .map { String($0.dropFirst(27)) }
  }

  @Test(
    arguments: [
      ("plain\ntext\n", "7bit"), (String(repeating: "x", count: 78), "7bit"), ("a\tb = c", "7bit"),
      (String(repeating: "x", count: 79), "quoted-printable"), ("From here", "quoted-printable"),
      ("Herzliche Grüße an alle", "quoted-printable"), ("你好世界你好世界你好世界", "base64"),
      ("a\u{1}", "quoted-printable"),
    ]) func theEncodingIsTheShortestThatIsSafe(_ text: String, _ encoding: String) throws
  {
    #expect(try encodings(text) == [encoding])
  }

  @Test func eachPartHasItsOwnEncoding() throws {
    #expect(try encodings("<p>a &ouml; b</p>", .html) == ["quoted-printable", "7bit"])
  }

  @Test func noNULIsSent() throws {
    let error = #expect(throws: CareError.self) { try MailFixture().pack("a\u{0}b") }
    #expect(error?.code == .validation)
  }

  @Test func theBoundaryIsNotInTheText() throws {
    let fixture = MailFixture(.html)
    let trap = "<p>--=_\(MailFixture.id)</p>\n--=_\(MailFixture.id)\n--=_1_\(MailFixture.id)--\n"
    let composed = try fixture.pack(trap)
    #expect(composed.headers.last?.value == "multipart/alternative; boundary=\"=_2_\(MailFixture.id)\"")
    let read = try #require(try ReadMail.read([composed.outgoing.content]).first)
    #expect(read.html == trap && read.defects == [])
  }

  @Test func quotedPrintableAndBase64AreWhatPythonMakesOfThem() throws {
    var generator = SeededGenerator(seed: 3)
    var lines: [String] = []
    var expected: [String] = []
    for length in 0..<300 {
      let bytes = generator.bytes(length).filter { $0 != 0x0A && $0 != 0x0D }
      var (quoted, encoded): ([UInt8], [UInt8]) = ([], [])
      QuotedPrintableText.append(bytes, to: &quoted)
      Base64.appendLines(bytes, to: &encoded)
      let hex = { (bytes: [UInt8]) in bytes.map { String(format: "%02x", $0) }.joined() }
      lines.append("\(hex(quoted)) \(hex(encoded))")
      expected.append("\(hex(bytes)) \(hex(bytes)) True")
      #expect(encoded.count == Base64.lengthInLines(bytes.count))
    }
    let script = """
      import sys, quopri, base64
      for line in sys.stdin:
          q, b = (bytes.fromhex(x) for x in line.rstrip('\\n').split(' '))
          short = all(len(l) <= 76 for l in (q + b'\\r\\n' + b).split(b'\\r\\n'))
          print(quopri.decodestring(q).hex(), base64.b64decode(b).hex(), short)
      """
    #expect(try CryptoPython.run(script, input: lines) == expected)
  }
}
