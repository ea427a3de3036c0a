import TextFormats

/// Makes a mail of rendered texts (RFC 5322, RFC 2045 to 2047).
struct MailPacker {
  private let from: Mailbox
  private let replyTo: Mailbox?
  private let domain: String
  private let bodyFormat: BodyFormat
  private let isAutomatic: Bool
  private let unsubscribing: UnsubscribeLink
  private let zone: Zone
  /// The mail server; nil where it is a program or a folder.
  private let server: String?
  /// What time it is when a mail is made.
  var now: () -> Timestamp = Timestamp.now

  init(
    _ values: MessageValues, configuration: Configuration, zone: Zone, unsubscribing: UnsubscribeLink
  ) throws(CareError) {
    from = try MailAddress.sender(configuration.email)
    replyTo =
      if let mailbox = configuration.email.replyTo {
        try MailAddress.configured(mailbox, "email.replyTo")
      } else {
        nil
      }
    domain = try MailAddress.messageIDDomain(configuration.organization.domain, from: from.address)
    bodyFormat = values.bodyFormat
    isAutomatic = values.isAutomatic
    self.unsubscribing = unsubscribing
    self.zone = zone
    server = configuration.email.transport == .smtp ? configuration.email.smtp.server?.host : nil
    if bodyFormat == .markdown { try Markdown.checkIsAvailable() }
  }

  /// The mail to one person.
  /// - Parameters:
  ///   - content: rendered, in the message's body format.
  ///   - mailbox: the person, the address as the record has it.
  func pack(
    subject: String?, content: [UInt8], to mailbox: Mailbox, recipientID: String
  ) throws(CareError) -> ComposedMessage {
    let recipient = try MailAddress.recipient(mailbox)
    var headers = header(subject, recipient, recipientID)
    let texts = try texts(content)
    let text = MailPart("text/plain", try MailBodyText(texts.text))
    var mail: [UInt8] = []
    if let html = texts.html {
      let part = MailPart("text/html", try MailBodyText(html))
      let boundary = Self.boundary(recipientID, [text, part])
      headers.add("Content-Type", plain: "multipart/alternative; boundary=\"\(boundary)\"")
      mail.reserveCapacity(headers.bytes.count + text.expectedLength + part.expectedLength)
      mail.append(contentsOf: headers.bytes)
      for part in [text, part] {
        mail.append(contentsOf: "\r\n--\(boundary)\r\n".utf8)
        part.appendHeader(to: &mail)
        mail.append(contentsOf: "\r\n".utf8)
        part.appendBody(to: &mail)
      }
      mail.append(contentsOf: "\r\n--\(boundary)--\r\n".utf8)
    } else {
      mail.reserveCapacity(headers.bytes.count + text.expectedLength)
      mail.append(contentsOf: headers.bytes)
      text.appendHeader(to: &mail)
      mail.append(contentsOf: "\r\n".utf8)
      text.appendBody(to: &mail)
      if mail.last != 0x0A { mail.append(contentsOf: "\r\n".utf8) }
    }
    return ComposedMessage(
      subject: subject, text: String(decoding: texts.text, as: UTF8.self),
      html: texts.html.map { String(decoding: $0, as: UTF8.self) }, headers: headers.decoded,
      outgoing: Outgoing(
        recipientID: recipientID, sender: from.address, recipient: recipient.address, content: mail))
  }

  private func header(_ subject: String?, _ recipient: Mailbox, _ recipientID: String) -> MailHeaders {
    var headers = MailHeaders()
    headers.add("From", mailbox: from)
    if let replyTo { headers.add("Reply-To", mailbox: replyTo) }
    headers.add("To", mailbox: recipient)
    if let subject { headers.add("Subject", text: subject) }
    headers.add("Date", plain: MailDate.text(now(), zone))
    headers.add("Message-ID", plain: "<\(recipientID)@\(domain)>")
    headers.add("List-Unsubscribe", plain: "<\(unsubscribing.url(recipientID))>")
    if unsubscribing.isOneClick { headers.add("List-Unsubscribe-Post", plain: "List-Unsubscribe=One-Click") }
    if isAutomatic { headers.add("Auto-Submitted", plain: "auto-generated") }
    headers.add(ProviderHeaders.recipientHeader, plain: recipientID)
    if let server, let own = ProviderHeaders.header(recipientID: recipientID, host: server) {
      headers.add(own.name, plain: own.value)
    }
    headers.add("MIME-Version", plain: "1.0")
    return headers
  }

  /// The plain text, and the HTML where there is one.
  private func texts(_ content: [UInt8]) throws(CareError) -> (text: [UInt8], html: [UInt8]?) {
    switch bodyFormat {
    case .text: return (content, nil)
    case .html: return (HTMLText.plain(content), content)
    case .markdown:
      let html = try Markdown.html(content)
      return (HTMLText.plain(html), Self.document(html))
    }
  }

  /// What libcmark gives, as a whole document.
  private static func document(_ body: [UInt8]) -> [UInt8] {
    Array("<!DOCTYPE html>\n<html>\n<head><meta charset=\"utf-8\"></head>\n<body>\n".utf8) + body
      + Array("</body>\n</html>\n".utf8)
  }

  /// What parts the two texts, the same for the same recipient. Encoded text has no `=_`; other text is looked at.
  private static func boundary(_ recipientID: String, _ parts: [MailPart]) -> String {
    var boundary = "=_\(recipientID)"
    var number = 0
    while parts.contains(where: { $0.couldHold(boundary: Array(boundary.utf8)) }) {
      number += 1
      boundary = "=_\(number)_\(recipientID)"
    }
    return boundary
  }
}
