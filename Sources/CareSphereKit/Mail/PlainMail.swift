/// A short mail in plain text from the configured sender to one address, that no message of the database is behind.
public struct PlainMail {
  private let configuration: Configuration
  private let clock: Clock

  /// - Parameter clock: its `now` and zone are the mail's date.
  public init(configuration: Configuration, clock: Clock) {
    self.configuration = configuration
    self.clock = clock
  }

  /// The mail (RFC 5322), marked as one that no person wrote (RFC 3834).
  /// - Parameters:
  ///   - id: a UUID, of which the Message-ID is made.
  ///   - mailbox: to whom.
  ///   - text: its lines end with LF.
  /// - Throws: `CareError(.validation)` where one of the addresses cannot be written to or the text has a NUL
  public func pack(id: String, to mailbox: Mailbox, subject: String, text: String) throws(CareError)
    -> Outgoing
  {
    let from = try MailAddress.sender(configuration.email)
    let recipient = try MailAddress.recipient(mailbox)
    var headers = MailHeaders()
    headers.add("From", mailbox: from)
    if let replyTo = configuration.email.replyTo {
      headers.add("Reply-To", mailbox: try MailAddress.configured(replyTo, "email.replyTo"))
    }
    headers.add("To", mailbox: recipient)
    headers.add("Subject", text: subject)
    headers.add("Date", plain: MailDate.text(clock.now, clock.zone))
    let domain = try MailAddress.messageIDDomain(configuration.organization.domain, from: from.address)
    headers.add("Message-ID", plain: "<\(id)@\(domain)>")
    headers.add("Auto-Submitted", plain: "auto-generated")
    headers.add("MIME-Version", plain: "1.0")
    let part = MailPart("text/plain", try MailBodyText(Array(text.utf8)))
    var mail = headers.bytes
    part.appendHeader(to: &mail)
    mail.append(contentsOf: "\r\n".utf8)
    part.appendBody(to: &mail)
    if mail.last != UInt8(ascii: "\n") { mail.append(contentsOf: "\r\n".utf8) }
    return Outgoing(recipientID: id, sender: from.address, recipient: recipient.address, content: mail)
  }
}
