import Foundation
import TestSupport
import Testing

@testable import CareSphereKit

/// What stands in the header of a mail, and what never does.
@Suite struct MailHeaderTests {
  @Test func aPlainMailHasTheseFields() throws {
    let fixture = MailFixture()
    let composed = try fixture.pack()
    #expect(
      fixture.header(composed) == [
        "From: Grace Church <office@grace.example>", "To: Ada <ada@example.org>", "Subject: Subject",
        "Date: Thu, 13 Nov 2025 10:30:00 +0000", "Message-ID: <\(MailFixture.id)@grace.example>",
        "List-Unsubscribe: <mailto:office@grace.example?subject=unsubscribe%20\(MailFixture.id)>",
        "X-CareSphere-Recipient: \(MailFixture.id)", "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: 7bit",
      ])
    #expect(composed.outgoing.sender == "office@grace.example")
    #expect(composed.outgoing.recipient == "ada@example.org")
    #expect(composed.outgoing.recipientID == MailFixture.id)
  }

  @Test func withoutConfigurationItIsFromUs() throws {
    var fixture = MailFixture()
    fixture.configuration = Configuration()
    let composed = try fixture.pack(subject: nil)
    let header = fixture.header(composed)
    #expect(header.first == "From: caresphere@localhost")
    #expect(header.contains("Message-ID: <\(MailFixture.id)@localhost>"))
    #expect(!header.contains { $0.hasPrefix("Subject") })
  }

  @Test func theConfigurationDecidesTheRest() throws {
    var fixture = MailFixture()
    fixture.configuration.email.unsubscribe = "https://grace.example/u?t={{token}}"
    fixture.configuration.email.replyTo = Mailbox(address: "pastor@grace.example")
    fixture.configuration.organization.domain = "grâce.example"
    fixture.values.isAutomatic = true
    let header = fixture.header(try fixture.pack())
    for line in [
      "Reply-To: pastor@grace.example", "Auto-Submitted: auto-generated",
      "List-Unsubscribe: <https://grace.example/u?t=\(MailFixture.id)>",
      "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
      "Message-ID: <\(MailFixture.id)@xn--grce-coa.example>",
    ] {
      #expect(header.contains(line), "\(line) is not in \(header)")
    }
    fixture.configuration.email.unsubscribe = "mailto:leave@grace.example"
    let unsubscribe = fixture.header(try fixture.pack()).first { $0.hasPrefix("List-Unsubscribe") }
    #expect(
      unsubscribe == "List-Unsubscribe: <mailto:leave@grace.example?subject=unsubscribe%20\(MailFixture.id)>")
  }

  @Test func theSameMailIsTheSameBytes() throws {
    let fixture = MailFixture(.html)
    let first = try fixture.pack(subject: "Grüße", "<p>ä</p>")
    #expect(first.outgoing == (try fixture.pack(subject: "Grüße", "<p>ä</p>").outgoing))
    #expect(first.outgoing != (try fixture.pack(subject: "Grüße", "<p>ö</p>").outgoing))
  }

  @Test(
    arguments: [
      ("Ada Lovelace", "Ada Lovelace"), ("Lovelace, Ada", "\"Lovelace, Ada\""), ("J. Doe", "\"J. Doe\""),
      ("Ada \"the\" \\ L", "\"Ada \\\"the\\\" \\\\ L\""), ("O'Neil", "O'Neil"), ("a@b", "\"a@b\""),
      ("Jürgen", "=?utf-8?q?J=C3=BCrgen?="), ("王", "=?utf-8?b?546L?="),
      ("=?x?=", "=?utf-8?b?PT94Pz0=?="),
      ("two  spaces", "\"two  spaces\""),
    ]) func namesAreWrittenSo(_ name: String, _ expected: String) throws
  {
    let fixture = MailFixture()
    let to = fixture.header(try fixture.pack(to: name)).first { $0.hasPrefix("To: ") }
    #expect(to == "To: \(expected) <ada@example.org>")
  }

  @Test(
    arguments: [
      "\r\nBcc: eve@example.org", "\nBcc: eve@example.org", "\rBcc: x", "a\r\n\r\nbody", "a\u{0}b",
      "\u{85}Bcc: x",
      "\u{2028}Bcc: x", "\u{0B}\u{0C}x", "\r\n\tfolded", "%0d%0aBcc: x", "=?utf-8?q?a=0D=0ABcc:_x?=",
      "x\r\n", "\u{1B}[2J", "é\r\nBcc: eve@example.org\r\n", "\u{7F}\u{80}é\n.\n",
    ]) func nothingEndsAField(_ text: String) throws
  {
    var fixture = MailFixture()
    fixture.configuration.email.from = Mailbox(name: text, address: "office@grace.example")
    let expected = try MailFixture().header(MailFixture().pack()).map { $0.prefix { $0 != ":" } }
    let composed = try fixture.pack(subject: text, to: text)
    #expect(fixture.header(composed).map { $0.prefix { $0 != ":" } } == expected)
    let read = try #require(try ReadMail.read([composed.outgoing.content]).first)
    #expect(read.text == "Text\n" && read.defects == [])
    let allowed = composed.headers.allSatisfy { field in
      field.value.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
    }
    #expect(allowed)
    #expect(throws: CareError.self) { try fixture.pack(at: "a\(text)@example.org") }
    #expect(throws: CareError.self) { try fixture.pack(at: "ada@example.org\(text)") }
  }

  @Test func theIdOfARecipientIsNoText() throws {
    let addressee = MessageComposer.Addressee(
      recipientID: "a>\r\nBcc: x", memberID: "", email: "a@example.org", phone: nil)
    let fixture = try DatabaseFixture()
    let message = try ComposerFixture.message(fixture, MessageValues(title: "T", content: "C"))
    let packer = try MessagePacker(
      message, configuration: Configuration(), clock: Clock(zone: .utc),
      unsubscribing: UnsubscribeLink(Configuration.Email()))
    #expect(throws: CareError.self) {
      try packer.pack(
        subject: nil, content: [], for: addressee, PersonReader.Person(values: [], fullName: ""))
    }
  }

  @Test(
    arguments: [
      " " + String(repeating: "é", count: 60), " " + String(repeating: "😀", count: 30),
      "a " + String(repeating: "王", count: 50), String(repeating: "I \u{1F600}", count: 40),
      "a b c " + String(repeating: "=é x", count: 20),
    ]) func encodedWordsKeepToTheirLength(_ text: String)
  {
    for room in [30, EncodedWords.maximumLength] {
      let words = EncodedWords.of(text, room: room)
      #expect(words.count > 1)
      #expect(words.allSatisfy { $0.count <= EncodedWords.maximumLength })
    }
  }

  @Test func pythonReadsBackSubjectsAndNamesInAnyScript() throws {
    var generator = SeededGenerator(seed: 11)
    var fixture = MailFixture()
    var expected: [(subject: String, from: String, to: String)] = []
    var mails: [[UInt8]] = []
    for length in 0..<400 {
      let subject = generator.mailText(length: length)
      let (from, to) = (generator.name(words: 2, bytes: 45), generator.name(words: 12, bytes: 500))
      fixture.configuration.email.from = Mailbox(name: from, address: "office@grace.example")
      let composed = try fixture.pack(subject: subject, to: to)
      mails.append(composed.outgoing.content)
      expected.append((MailHeaders.oneLine(subject), from, to))
    }
    for (read, expected) in zip(try ReadMail.read(mails), expected) {
      #expect(read.subject == expected.subject)
      #expect(read.fromName == expected.from)
      #expect(read.toName.split(separator: " ") == expected.to.split(separator: " "))
      #expect(read.toAddress == "ada@example.org" && read.fromAddress == "office@grace.example")
      #expect(read.longestLine <= 110 && !read.hasBareLineEnds && read.isASCII)
      #expect(read.defects == [])
    }
  }

  @Test(
    arguments: [
      ("ada@bücher.example", "ada@xn--bcher-kva.example"),
      ("ada@BÜCHER.example", "ada@xn--bcher-kva.example"),
      ("jürgen@example.org", "jürgen@example.org"), ("用户@例子.广告", "用户@xn--fsqu00a.xn--4rr70v"),
      ("o'neil+x@example.org", "o'neil+x@example.org"),
    ]) func addressesLeaveSo(_ address: String, _ expected: String) throws
  {
    let fixture = MailFixture()
    let composed = try fixture.pack(to: "", at: address)
    #expect(composed.outgoing.recipient == expected)
    #expect(fixture.header(composed).contains("To: \(expected)"))
  }

  @Test(arguments: [
    "", "ada", "a b@example.org", "ada@", "@example.org", "a@b@example.org", "<ada@example.org>",
    "a,b@example.org",
  ])
  func noAddressNoMail(_ address: String) throws {
    let error = #expect(throws: CareError.self) { try MailFixture().pack(at: address) }
    #expect(error?.code == .validation)
  }

  @Test(
    arguments: [
      ("Africa/Lagos", "Thu, 13 Nov 2025 11:30:00 +0100"),
      ("America/New_York", "Thu, 13 Nov 2025 05:30:00 -0500"),
      ("Asia/Kolkata", "Thu, 13 Nov 2025 16:00:00 +0530"),
      ("Pacific/Kiritimati", "Fri, 14 Nov 2025 00:30:00 +1400"),
    ]) func datesAreOfTheZone(_ zone: String, _ expected: String) throws
  {
    let moment = try #require(Timestamp("2025-11-13T10:30:00Z"))
    #expect(MailDate.text(moment, try Zone(named: zone)) == expected)
  }
}
