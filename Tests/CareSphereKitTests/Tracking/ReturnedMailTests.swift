import TestSupport
import Testing

@testable import CareSphereKit

/// What comes back by mail, understood.
@Suite struct ReturnedMailTests {
  private static let now = Timestamp("2026-01-01T00:00:00Z") ?? .max

  private func read(_ mail: String) -> ReturnedMail {
    ReturnedMail(BounceMails.bytes(mail), now: Self.now)
  }

  /// What a mail tells: its kind, and of each event what, when and of whom.
  private func summary(_ mail: ReturnedMail) -> [String] {
    [mail.kind.rawValue]
      + mail.events.map { event in
        let id =
          event.clues.recipientID ?? event.clues.mailIDs.first.flatMap(RecipientClues.recipientID(inMailID:))
        let whose = id == BounceMails.recipient ? "ours" : id ?? event.clues.address ?? "nobody"
        return "\(event.kind.rawValue)\(event.endsDelivery ? "!" : "") \(event.at) \(whose)"
      }
  }

  private static let time = "2025-11-13T09:15:00Z"

  static let mails: [(mail: String, summary: [String])] = [
    (BounceMails.postfix, ["delivery_status", "hard_bounced \(time) ours"]),
    (BounceMails.exim, ["delivery_status", "soft_bounced! \(time) ours"]),
    (BounceMails.exchange, ["delivery_status", "hard_bounced \(time) ours"]),
    (BounceMails.gmail, ["delivery_status", "soft_bounced \(time) ours"]),
    (BounceMails.qmail, ["delivery_status", "hard_bounced \(time) ours"]),
    (BounceMails.complaint, ["complaint", "complained \(time) ours"]),
    (BounceMails.unsubscription, ["unsubscription", "unsubscribed \(time) ours"]),
    (BounceMails.vacation, ["other"]),
    ("", ["other"]), ("\n", ["other"]), ("Hello", ["other"]),
    ("Subject: unsubscribe me please\n\n", ["other"]),
  ]

  @Test(arguments: mails)
  func everyMailServersMail(mail: String, expected: [String]) {
    #expect(summary(read(mail)) == expected)
    let crlf = mail.replacing("\n", with: "\r\n")
    #expect(summary(read(crlf)) == expected)
  }

  @Test func theWordsAreTheServersInOneLine() {
    #expect(
      read(BounceMails.postfix).events.first?.detail
        == "smtp; 550 5.1.1 <ana@example.org>: Recipient address rejected: User unknown")
    #expect(read(BounceMails.qmail).events.first?.detail?.contains("no mailbox here") == true)
  }

  @Test func theSameMailIsTheSameEvent() {
    for mail in [BounceMails.postfix, BounceMails.gmail, BounceMails.complaint, BounceMails.qmail] {
      let (one, two) = (read(mail), read("Received: by another.example\n" + mail))
      #expect(one.events.first?.eventID != nil)
      #expect(one.events.map(\.eventID) == two.events.map(\.eventID))
    }
    let later = BounceMails.gmail.replacing("6915a1c4", with: "7915a1c4")
    // Of one mail the delays are one soft bounce, however often they are told of.
    #expect(read(later).events.map(\.eventID) == read(BounceMails.gmail).events.map(\.eventID))
    let other = BounceMails.postfix.replacing("20251113091500.5E6F7", with: "20251120091500.5E6F7")
    #expect(read(other).events.map(\.eventID) != read(BounceMails.postfix).events.map(\.eventID))
  }

  @Test(arguments: [
    ("5.1.2", "hard_bounced"), ("5.1.7", "soft_bounced"), ("5.2.1", "soft_bounced"),
    ("5.7.1", "soft_bounced"), ("4.4.7", "soft_bounced"), ("5.0.0", "hard_bounced"), ("none", "hard_bounced"),
  ])
  func whichStatusIsABadAddress(status: String, kind: String) {
    // 5.0.0 says nothing; then the words of the server do.
    let mail = BounceMails.postfix.replacing("Status: 5.1.1", with: "Status: \(status)")
    #expect(read(mail).events.map(\.kind.rawValue) == [kind])
  }

  @Test func severalRecipientsAreSeveralEvents() {
    let second = """

      Final-Recipient: rfc822; ben@example.org
      Action: relayed
      Status: 2.0.0

      Final-Recipient: rfc822; cid@example.org
      Action: delivered (local)
      Status: 2.0.0

      --4D1B2C0042.1763025300/mail.grace.example
      Content-Description: Undelivered
      """
    let mail = BounceMails.postfix.replacing(
      "\n--4D1B2C0042.1763025300/mail.grace.example\nContent-Description: Undelivered", with: second)
    #expect(read(mail).events.map(\.kind) == [.hardBounced, .delivered])
  }

  @Test func aReportAboutSomebodyElsesMailTellsNothing() {
    let foreign = BounceMails.postfix.replacing("X-CareSphere-Recipient: RECIPIENT\n", with: "")
      .replacing("<RECIPIENT@grace.example>", with: "<1234.spam@elsewhere.example>")
    #expect(summary(read(foreign)) == ["delivery_status"])
    let foreignWords = BounceMails.qmail.replacing("RECIPIENT", with: "1234")
    #expect(summary(read(foreignWords)) == ["delivery_status"])
  }

  @Test func aReportWithoutTheMailGoesByTheAddress() {
    let bare = BounceMails.postfix.replacing("text/rfc822-headers", with: "text/plain")
    #expect(summary(read(bare)) == ["delivery_status", "hard_bounced \(Self.time) Ana@Example.org"])
  }

  @Test func complaintsThatAreNoneAreLeft() {
    for type in ["not-spam", "auth-failure", "virus"] {
      let mail = BounceMails.complaint.replacing("Feedback-Type: abuse", with: "Feedback-Type: \(type)")
      #expect(summary(read(mail)) == ["complaint"])
    }
    let optOut = BounceMails.complaint.replacing("Feedback-Type: abuse", with: "Feedback-Type: opt-out")
    #expect(read(optOut).events.map(\.kind) == [.unsubscribed])
  }

  @Test(arguments: [
    ("Thu, 13 Nov 2025 10:15:00 +0100 (CET)", "2025-11-13T09:15:00Z"),
    ("13 Nov 2025 09:15:00 -0000", "2025-11-13T09:15:00Z"), ("13 nov 25 09:15 GMT", "2025-11-13T09:15:00Z"),
    ("Thu, 13 Nov 2025 04:15:00 EST", "2025-11-13T09:15:00Z"),
    ("Thu,13 Nov 2025 14:45:00 +0530", "2025-11-13T09:15:00Z"),
    ("Thu, 13 Nov 98 09:15:60 +0000", "1998-11-13T09:15:59Z"),
    ("31 Feb 2025 09:15:00 +0000", nil), ("13 Nov 2025", nil), ("", nil),
    ("13 Nov 2025 09:15:00 +999999999999", "2025-11-13T09:15:00Z"), ("yesterday at noon or so", nil),
  ])
  func dates(text: String, expected: String?) {
    #expect(ReceivedDate.parse(text)?.description == expected)
  }

  @Test func encodingsOfParts() {
    let mail = ReceivedPart(
      mail: Array(
        """
        Content-Type: Multipart/Mixed; Boundary = "a \\" b"

        before
        --a " b
        Content-Transfer-Encoding: quoted-printable (as it is)

        caf=C3=A9 =
        =3D one=zz
        --a " b\u{20}
        content-transfer-encoding: BASE64

        Y2Fm w6k=
        --a " b--
        after
        """.utf8))
    #expect(mail.type == "multipart/mixed")
    #expect(mail.parts.map(\.text) == ["café = one=zz", "café"])
  }

  @Test func nestingIsBounded() {
    var mail = "Content-Type: multipart/mixed; boundary=b0\n\n"
    for depth in 0..<200 {
      mail += "--b\(depth)\nContent-Type: multipart/mixed; boundary=b\(depth + 1)\n\n"
    }
    #expect(ReceivedPart(mail: Array(mail.utf8)).all.count < 50)
    let many = "Content-Type: multipart/mixed; boundary=b\n\n" + String(repeating: "--b\n\nx\n", count: 5000)
    #expect(ReceivedPart(mail: Array(many.utf8)).all.count <= 201)
  }

  /// Whatever is done to a mail, it is read as something.
  @Test func noMailIsTooBroken() {
    var generator = SeededGenerator(seed: 11)
    for round in 0..<600 {
      var bytes = BounceMails.bytes(BounceMails.all[round % BounceMails.all.count])
      for _ in 0..<Int.random(in: 1...8, using: &generator) where !bytes.isEmpty {
        let place = Int.random(in: 0..<bytes.count, using: &generator)
        switch Int.random(in: 0..<5, using: &generator) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &generator)
        case 1:
          bytes.removeSubrange(place..<min(bytes.count, place + Int.random(in: 1...200, using: &generator)))
        case 2: bytes.insert(contentsOf: Array("\n--=;\":<>\r\n".utf8).shuffled(using: &generator), at: place)
        case 3: bytes.removeLast(bytes.count - place)
        default: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + 300)], at: place / 2)
        }
      }
      let mail = ReturnedMail(bytes, now: Self.now)
      #expect(mail.events.allSatisfy { ($0.detail?.count ?? 0) <= 1000 })
    }
  }
}
