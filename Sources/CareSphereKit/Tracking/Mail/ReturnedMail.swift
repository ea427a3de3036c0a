/// What an MTA or a mailbox provider sends back, understood: a delivery status notification (RFC 3464), a complaint
/// (RFC 5965), a mail that unsubscribes, or a bounce in the words of some program.
public struct ReturnedMail: Equatable, Sendable {
  /// What it is.
  public enum Kind: String, Sendable {
    case deliveryStatus = "delivery_status"
    case complaint, unsubscription
    /// Anything else: an answer, a note that somebody is away.
    case other
  }

  /// What it was understood as; `other` has no events.
  public var kind = Kind.other
  /// What it tells, of one recipient each. Those that tell nothing of mail of ours are left out.
  public var events: [RecipientEvent] = []

  /// A mail that is larger is read up to here.
  public static let maximumSize = 50 << 20

  /// Reads a mail. None is too broken to be something.
  /// - Parameter now: when it happened, where the mail has no date.
  public init(_ bytes: [UInt8], now: Timestamp) {
    let mail = ReceivedPart(mail: bytes)
    let reading = Reading(mail, now: now)
    if let report = mail.first(of: "message/delivery-status", "message/global-delivery-status") {
      kind = .deliveryStatus
      events = reading.deliveryStatus(report)
    } else if let report = mail.first(of: "message/feedback-report") {
      kind = .complaint
      events = reading.complaint(report)
    } else if let event = reading.unsubscription() {
      kind = .unsubscription
      events = [event]
    } else if let found = reading.bounceInWords() {
      kind = .deliveryStatus
      events = found
    }
  }

  /// Reads a mail from a file, but for what is beyond `maximumSize`, which is passed.
  /// - Parameter path: `-` is standard input.
  /// - Throws: `.io` where it cannot be read.
  public static func bytes(path: String) throws(CareError) -> [UInt8] {
    let source = try ByteSource(path: path)
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 64 << 10)
    while true {
      let count = try chunk.withUnsafeMutableBufferPointer { (all) throws(CareError) in
        try source.read(into: UnsafeMutableRawBufferPointer(all))
      }
      if count == 0 { return bytes }
      bytes.append(contentsOf: chunk.prefix(min(count, maximumSize - bytes.count)))
    }
  }
}

/// A mail while it is being understood.
private struct Reading {
  let mail: ReceivedPart
  /// The head of the mail of ours that it is about; without fields where it has none.
  let original: ReceivedHeaders
  let date: Timestamp

  init(_ mail: ReceivedPart, now: Timestamp) {
    self.mail = mail
    original =
      mail.first(of: "message/rfc822", "text/rfc822-headers", "message/rfc822-headers", "message/global")?
      .innerHeaders ?? ReceivedHeaders()
    date = ReceivedDate.parse(mail.headers.value("date")) ?? now
  }

  // MARK: Delivery status notifications

  func deliveryStatus(_ report: ReceivedPart) -> [RecipientEvent] {
    report.innerGroups.compactMap { fields in
      guard let action = fields.value("action").map({ HeaderText.withoutComments($0).lowercased() }) else {
        return nil
      }
      let address =
        HeaderText.address(fields.value("original-recipient"))
        ?? HeaderText.address(fields.value("final-recipient"))
      guard let clues = clues(address) else { return nil }
      let diagnostic = fields.value("diagnostic-code")
      let at = ReceivedDate.parse(fields.value("last-attempt-date")) ?? date
      switch action {
      case "delivered":
        return event(.delivered, at: at, clues, name: "delivered", words: nil)
      case "delayed":
        // An MTA may tell of it again and again while it tries; of one mail that is one soft bounce.
        let name = original.value("message-id") ?? address ?? ""
        var event = RecipientEvent(.softBounced, at: at, clues: clues)
        event.eventID = "mail:delayed:" + SHA256.hex(name)
        event.detail = diagnostic
        return event
      case "failed":
        let status = StatusCode(in: fields.value("status"))
        let code = status?.isGeneral == false ? status : StatusCode(in: diagnostic) ?? status
        return failure(code, at: at, clues, words: diagnostic ?? fields.value("status"))
      default: return nil
      }
    }
  }

  // MARK: Complaints

  func complaint(_ report: ReceivedPart) -> [RecipientEvent] {
    let fields = report.innerHeaders
    let kind: EventKind
    switch fields.value("feedback-type").map({ HeaderText.withoutComments($0).lowercased() }) {
    case "abuse", "fraud", "other", nil: kind = .complained
    case "opt-out", "opt-out-list": kind = .unsubscribed
    default: return []
    }
    guard let clues = clues(HeaderText.address(fields.value("original-rcpt-to"))) else { return [] }
    let teller = fields.value("user-agent") ?? fields.value("reporting-mta")
    let words =
      "reported as \(fields.value("feedback-type") ?? "unwanted")" + (teller.map { " by \($0)" } ?? "")
    let at = ReceivedDate.parse(fields.value("arrival-date") ?? fields.value("received-date")) ?? date
    return [event(kind, at: at, clues, name: kind.rawValue, words: words)]
  }

  // MARK: Unsubscriptions

  /// A mail to the address of `List-Unsubscribe`, whose subject is `unsubscribe RECIPIENT-ID`.
  func unsubscription() -> RecipientEvent? {
    guard let subject = mail.headers.value("subject") else { return nil }
    let words = subject.lowercased().split { $0 == " " || $0 == "\t" }
    guard words.count == 2, words[0] == "unsubscribe", UUIDText.isValid(words[1]) else { return nil }
    var event = RecipientEvent(.unsubscribed, at: date, clues: RecipientClues(recipientID: String(words[1])))
    event.detail = "by mail"
    return event
  }

  // MARK: Bounces in words

  /// What qmail, old versions of Exim and others send: a text, and a copy of the mail in it.
  /// - Returns: nil for what is no bounce
  func bounceInWords() -> [RecipientEvent]? {
    let sender = HeaderText.address(mail.headers.value("from"))?.prefix { $0 != "@" }.lowercased() ?? ""
    let failed = HeaderText.address(mail.headers.value("x-failed-recipients"))
    let senders = ["mailer-daemon", "postmaster", "mail-daemon", "mdaemon", "mailerdaemon"]
    guard failed != nil || senders.contains(sender) else { return nil }
    let text = mail.all.map(\.text).joined(separator: "\n")
    guard let id = recipientID(in: text) else { return [] }
    var clues = RecipientClues(recipientID: id)
    clues.address = failed
    let (report, code) = report(text)
    let subject = mail.headers.value("subject")?.lowercased() ?? ""
    if subject.contains("delay") || subject.hasPrefix("warning") {
      var event = RecipientEvent(.softBounced, at: date, clues: clues)
      event.eventID = "mail:delayed:" + SHA256.hex(id)
      return [event]
    }
    return [failure(code, at: date, clues, words: report)]
  }

  /// Our id in the copy of the mail that a text has.
  private func recipientID(in text: String) -> String? {
    let ours = ProviderHeaders.recipientHeader.lowercased() + ":"
    for line in text.split(whereSeparator: \.isNewline) {
      let line = HeaderText.trimmed(line.drop { $0 == ">" || $0 == " " }).lowercased()
      if line.hasPrefix(ours) {
        let id = HeaderText.trimmed(line.dropFirst(ours.count))
        if UUIDText.isValid(id) { return id }
      } else if line.hasPrefix("message-id:") {
        let id = RecipientClues.recipientID(inMailID: String(line.dropFirst("message-id:".count)))
        if let id { return id }
      }
    }
    return nil
  }

  /// The line with a status code in what a program says before the copy of the mail.
  private func report(_ text: String) -> (line: String?, code: StatusCode?) {
    for line in text.split(whereSeparator: \.isNewline).prefix(200) {
      let line = HeaderText.trimmed(line.prefix(1000))
      if line.lowercased().hasPrefix("received:") || line.hasPrefix("---") { break }
      if let code = StatusCode(in: line), code.level != 2 { return (line, code) }
    }
    return (nil, nil)
  }

  // MARK: What they have in common

  private func failure(
    _ code: StatusCode?, at moment: Timestamp, _ clues: RecipientClues, words: String?
  ) -> RecipientEvent {
    let isHard = code?.isBadAddress == true
    var event = event(
      isHard ? .hardBounced : .softBounced, at: moment, clues, name: "failed", words: words)
    event.endsDelivery = !isHard
    return event
  }

  /// An event with a name by which the same mail, given in again, is known.
  private func event(
    _ kind: EventKind, at moment: Timestamp, _ clues: RecipientClues, name: String, words: String?
  ) -> RecipientEvent {
    var event = RecipientEvent(kind, at: moment, clues: clues)
    event.detail = words.map { String($0.prefix(1000)) }
    let mailID = mail.headers.value("message-id") ?? mail.headers.value("date") ?? words ?? ""
    let whose = clues.recipientID ?? clues.mailIDs.first ?? clues.address ?? ""
    event.eventID =
      "mail:\(name):" + SHA256.hex([mailID, whose, clues.address ?? ""].joined(separator: "\n"))
    return event
  }

  /// Whose mail came back; nil where the mail is not one of ours, as when somebody sends in our name.
  private func clues(_ address: String?) -> RecipientClues? {
    var clues = RecipientClues()
    clues.address = address
    if let id = original.value(ProviderHeaders.recipientHeader)?.lowercased(), UUIDText.isValid(id) {
      clues.recipientID = id
      return clues
    }
    guard let mailID = original.value("message-id") else { return address == nil ? nil : clues }
    guard RecipientClues.recipientID(inMailID: mailID) != nil else { return nil }
    clues.mailIDs = [mailID]
    clues.address = nil
    return clues
  }
}
