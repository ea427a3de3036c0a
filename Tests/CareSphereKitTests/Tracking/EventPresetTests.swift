import TextFormats
import Testing

@testable import CareSphereKit

/// The events of mail services, in the shapes that their documentation has.
@Suite struct EventPresetTests {
  private static let id = "019a7c66-9d1c-7aaa-8bbb-0123456789ab"

  private func read(_ preset: EventPreset, _ text: String) throws -> [EventPreset.Reading] {
    try preset.read(try JSONParser.parse(text))
  }

  private func event(
    _ preset: EventPreset, _ text: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> RecipientEvent {
    let first = try read(preset, text).first
    guard case .event(let event)? = first else {
      throw EventProblem(nil, "no event: \(text)")
    }
    return event
  }

  private func kind(_ preset: EventPreset, _ text: String) throws -> String {
    guard case .event(let event)? = try read(preset, text).first else { return "ignored" }
    return event.kind.rawValue + (event.endsDelivery ? " for this mail" : "")
  }

  private func problem(_ preset: EventPreset, _ text: String) throws -> String? {
    do {
      _ = try preset.read(try JSONParser.parse(text))
      return nil
    } catch let problem as EventProblem { return problem.field ?? "" }
  }

  // MARK: Our own lines

  @Test func ourOwnLines() throws {
    let line =
      #"{"recipientId":"\#(Self.id.uppercased())","event":"clicked","at":"2025-11-13T10:15:00.5+01:00","#
      + #""url":"https://a.example/","eventId":7}"#
    let event = try event(.jsonl, line)
    #expect(event.kind == .clicked && event.url == "https://a.example/" && event.eventID == "7")
    #expect(event.at.description == "2025-11-13T09:15:00Z" && event.clues.recipientID == Self.id)
    let other = try self.event(
      .jsonl,
      #"{"messageId":"m","email":"a@b.example","event":"opened","at":"2025-11-13T09:15:00Z","url":null,"eventId":null}"#
    )
    #expect(other.clues.messageID == "m" && other.clues.address == "a@b.example" && other.eventID == nil)
  }

  @Test(arguments: [
    (#"{"event":"opened","at":"2025-11-13T09:15:00Z"}"#, "recipientId"),
    (#"{"messageId":"m","event":"opened","at":"2025-11-13T09:15:00Z"}"#, "email"),
    (#"{"recipientId":"x","at":"2025-11-13T09:15:00Z"}"#, "event"),
    (#"{"recipientId":"x","event":"open","at":"2025-11-13T09:15:00Z"}"#, "event"),
    (#"{"recipientId":"x","event":"opened","at":"yesterday"}"#, "at"),
    (#"{"recipientId":"x","event":"opened"}"#, "at"), ("[1]", ""), ("7", ""),
  ])
  func aLineThatIsWrongNamesTheField(line: String, field: String) throws {
    #expect(try problem(.jsonl, line) == field)
  }

  // MARK: SendGrid

  private func sendgrid(_ fields: String) -> String {
    #"{"email":"ana@example.org","timestamp":1763025300,"smtp-id":"<\#(Self.id)@grace.example>","#
      + #""sg_event_id":"ZGVsaXZlcmVk","sg_message_id":"14c5d75ce93.dfd.64b469.filter0001.1","# + fields + "}"
  }

  @Test func sendGridDelivers() throws {
    let event = try event(.sendgrid, sendgrid(#""event":"delivered","response":"250 OK""#))
    #expect(event.kind == .delivered && event.at.description == "2025-11-13T09:15:00Z")
    #expect(event.eventID == "sendgrid:ZGVsaXZlcmVk" && event.clues.recipientID == nil)
    #expect(event.clues.mailIDs == ["<\(Self.id)@grace.example>"] && event.clues.address == "ana@example.org")
    #expect(event.clues.providerIDs.last == "14c5d75ce93")
    let click = try self.event(
      .sendgrid,
      sendgrid(#""event":"click","url":"https://a.example/","caresphere-recipient":"\#(Self.id)""#))
    #expect(click.kind == .clicked && click.url == "https://a.example/" && click.clues.recipientID == Self.id)
  }

  @Test(arguments: [
    (#""event":"processed""#, "ignored"), (#""event":"deferred","attempt":"5""#, "ignored"),
    (#""event":"open""#, "opened"), (#""event":"spamreport""#, "complained"),
    (#""event":"unsubscribe""#, "unsubscribed"),
    (#""event":"group_unsubscribe","asm_group_id":10"#, "unsubscribed"),
    (#""event":"group_resubscribe","asm_group_id":10"#, "ignored"),
    (#""event":"bounce","type":"bounce","status":"5.1.1","reason":"550 5.1.1 no such user""#, "hard_bounced"),
    (#""event":"bounce","type":"blocked","reason":"550 5.7.1 spam""#, "soft_bounced for this mail"),
    (#""event":"dropped","reason":"Bounced Address""#, "hard_bounced"),
    (#""event":"dropped","reason":"Unsubscribed Address""#, "unsubscribed"),
    (#""event":"dropped","reason":"Spam Reporting Address""#, "complained"),
    (#""event":"dropped","reason":"Spam Content""#, "soft_bounced for this mail"),
  ])
  func whatSendGridTells(fields: String, expected: String) throws {
    #expect(try kind(.sendgrid, sendgrid(fields)) == expected)
  }

  // MARK: Mailgun

  private func mailgun(_ fields: String) -> String {
    #"{"signature":{"timestamp":"1763025300","token":"a","signature":"b"},"event-data":{"id":"Ase7i2zsRYeDXztHGENqRA","#
      + #""timestamp":1763025300.65853,"recipient":"ana@example.org","user-variables":{},"#
      + #""message":{"headers":{"message-id":"\#(Self.id)@grace.example","to":"Ana <ana@example.org>"}},"#
      + fields + "}}"
  }

  @Test func mailgunDelivers() throws {
    let text = mailgun(#""event":"delivered","delivery-status":{"code":250,"message":"OK"}"#)
    let event = try event(.mailgun, text)
    #expect(event.kind == .delivered && event.at.description == "2025-11-13T09:15:00Z")
    #expect(event.eventID == "mailgun:Ase7i2zsRYeDXztHGENqRA:2025-11-13T09:15:00Z")
    #expect(event.clues.mailIDs == ["\(Self.id)@grace.example"])
    let temporary = mailgun(#""event":"failed","severity":"temporary","delivery-status":{"code":452}"#)
    let again = temporary.replacing("Ase7i2", with: "Bse7i2").replacing("1763025300.6", with: "1763026300.6")
    // Each try of one mail is told of: together they are one soft bounce.
    #expect(
      try self.event(.mailgun, temporary).eventID == (try self.event(.mailgun, again)).eventID)
  }

  @Test(arguments: [
    (#""event":"accepted""#, "ignored"), (#""event":"opened","ip":"1.2.3.4""#, "opened"),
    (#""event":"clicked","url":"https://a.example/""#, "clicked"),
    (#""event":"unsubscribed""#, "unsubscribed"), (#""event":"complained""#, "complained"),
    (#""event":"failed","severity":"temporary","reason":"generic""#, "soft_bounced"),
    (
      #""event":"failed","severity":"permanent","reason":"bounce","delivery-status":{"code":550,"message":"5.1.1"}"#,
      "hard_bounced"
    ),
    (#""event":"failed","severity":"permanent","reason":"suppress-bounce""#, "hard_bounced"),
    (#""event":"failed","severity":"permanent","reason":"suppress-unsubscribe""#, "unsubscribed"),
    (#""event":"failed","severity":"permanent","reason":"old""#, "soft_bounced for this mail"),
  ])
  func whatMailgunTells(fields: String, expected: String) throws {
    #expect(try kind(.mailgun, mailgun(fields)) == expected)
  }

  // MARK: Amazon SES

  private func ses(_ name: String, _ part: String, key: String = "eventType") -> String {
    #"{"\#(key)":"\#(name)",\#(part),"mail":{"timestamp":"2025-11-13T09:14:59.237Z","source":"o@grace.example","#
      + #""messageId":"010f-7c19","destination":["ana@example.org"],"headersTruncated":false,"headers":["#
      + #"{"name":"Message-ID","value":"<\#(Self.id)@grace.example>"},"#
      + #"{"name":"X-CareSphere-Recipient","value":"\#(Self.id)"}],"#
      + #""commonHeaders":{"messageId":"010f-7c19"},"tags":{"ses:from-domain":["grace.example"]}}}"#
  }

  private func notification(_ message: String) -> String {
    let text = JSONWriter.string(.string(message))
    return
      #"{"Type":"Notification","MessageId":"19ba","TopicArn":"arn","Message":\#(text),"Timestamp":"2025-11-13T09:15:01.675Z"}"#
  }

  private static let permanent =
    #""bounce":{"bounceType":"Permanent","bounceSubType":"General","bouncedRecipients":[{"emailAddress":"ana@example.org","#
    + #""action":"failed","status":"5.1.1","diagnosticCode":"smtp; 550 5.1.1 user unknown"}],"#
    + #""timestamp":"2025-11-13T09:15:00.669Z","feedbackId":"0100-f"}"#

  @Test func sesBounces() throws {
    for text in [
      ses("Bounce", Self.permanent), ses("Bounce", Self.permanent, key: "notificationType"),
      notification(ses("Bounce", Self.permanent) + "\n"),
    ] {
      let event = try event(.ses, text)
      #expect(event.kind == .hardBounced && event.at.description == "2025-11-13T09:15:00Z")
      #expect(event.detail == "smtp; 550 5.1.1 user unknown" && event.clues.recipientID == Self.id)
      #expect(event.eventID == "ses:0100-f:ana@example.org" && event.clues.providerIDs == ["010f-7c19"])
    }
  }

  @Test func sesTellsOfSeveralAtOnce() throws {
    let people = #"[{"emailAddress":"ana@example.org"},{"emailAddress":"ben@example.org"}]"#
    let part =
      #""complaint":{"complainedRecipients":\#(people),"timestamp":"2025-11-13T09:15:00Z","feedbackId":"f"}"#
    let readings = try read(.ses, ses("Complaint", part))
    #expect(readings.count == 2)
  }

  @Test(arguments: [
    ("Send", #""send":{}"#, "ignored"),
    ("DeliveryDelay", #""deliveryDelay":{"delayType":"MailboxFull"}"#, "ignored"),
    ("Reject", #""reject":{"reason":"Bad content"}"#, "ignored"),
    ("Rendering Failure", #""failure":{"errorMessage":"…"}"#, "ignored"),
    (
      "Delivery", #""delivery":{"timestamp":"2025-11-13T09:15:00.6Z","recipients":["ana@example.org"]}"#,
      "delivered"
    ),
    ("Open", #""open":{"timestamp":"2025-11-13T09:15:00.6Z","ipAddress":"192.0.2.1"}"#, "opened"),
    ("Click", #""click":{"timestamp":"2025-11-13T09:15:00.6Z","link":"https://a.example/"}"#, "clicked"),
    (
      "Bounce",
      #""bounce":{"bounceType":"Transient","bouncedRecipients":[{"emailAddress":"ana@example.org"}]}"#,
      "soft_bounced for this mail"
    ),
    (
      "Subscription",
      #""subscription":{"source":"List-Unsubscribe","timestamp":"2025-11-13T09:15:00.6Z","newTopicPreferences":{"unsubscribeAll":true}}"#,
      "unsubscribed"
    ),
  ])
  func whatSESTells(name: String, part: String, expected: String) throws {
    #expect(try kind(.ses, ses(name, part)) == expected)
    #expect(try kind(.ses, notification(ses(name, part))) == expected)
  }

  @Test func whatSNSSaysItselfIsIgnored() throws {
    #expect(
      try kind(.ses, #"{"Type":"SubscriptionConfirmation","Message":"You have chosen to …"}"#) == "ignored")
    #expect(try problem(.ses, #"{"Type":"Notification","Message":"{\"a"}"#) == "Message")
  }

  // MARK: Postmark

  private func postmark(_ fields: String) -> String {
    #"{"MessageID":"883953f4-6105-42a2-a16a-77a8eac79483","Recipient":"ana@example.org","Tag":"x","#
      + #""Metadata":{"caresphere-recipient":"\#(Self.id)"},\#(fields)}"#
  }

  private static let bouncedAt = #""ID":42,"BouncedAt":"2025-11-13T10:15:00.3963933+01:00","Details":"no""#

  @Test func postmarkBounces() throws {
    let event = try event(
      .postmark, postmark(#""RecordType":"Bounce","Type":"HardBounce","TypeCode":1,\#(Self.bouncedAt)"#))
    #expect(event.kind == .hardBounced && event.at.description == "2025-11-13T09:15:00Z")
    #expect(event.eventID == "postmark:42" && event.detail == "no" && event.clues.recipientID == Self.id)
    let click = try self.event(
      .postmark,
      postmark(
        #""RecordType":"Click","ReceivedAt":"2025-11-13T09:15:00.9Z","OriginalLink":"https://a.example/""#))
    #expect(click.kind == .clicked && click.url == "https://a.example/" && click.eventID == nil)
  }

  @Test(arguments: [
    (#""RecordType":"Delivery","DeliveredAt":"2025-11-13T09:15:00Z""#, "delivered"),
    (#""RecordType":"Open","FirstOpen":true,"ReceivedAt":"2025-11-13T09:15:00Z""#, "opened"),
    (#""RecordType":"SpamComplaint","Type":"SpamComplaint",\#(bouncedAt)"#, "complained"),
    (#""RecordType":"Bounce","Type":"SoftBounce",\#(bouncedAt)"#, "soft_bounced for this mail"),
    (#""RecordType":"Bounce","Type":"Transient",\#(bouncedAt)"#, "soft_bounced"),
    (#""RecordType":"Bounce","Type":"AutoResponder",\#(bouncedAt)"#, "ignored"),
    (#""Type":"HardBounce",\#(bouncedAt)"#, "hard_bounced"),
    (
      #""RecordType":"SubscriptionChange","ChangedAt":"2025-11-13T09:15:00Z","SuppressSending":true,"SuppressionReason":"ManualSuppression""#,
      "unsubscribed"
    ),
    (
      #""RecordType":"SubscriptionChange","ChangedAt":"2025-11-13T09:15:00Z","SuppressSending":false,"SuppressionReason":null"#,
      "ignored"
    ),
  ])
  func whatPostmarkTells(fields: String, expected: String) throws {
    #expect(try kind(.postmark, postmark(fields)) == expected)
  }

  @Test(arguments: EventPreset.allCases)
  func whatIsOfAnotherServiceIsNamed(preset: EventPreset) throws {
    #expect(try problem(preset, #"{"hello":"world"}"#) != nil)
    #expect(try problem(preset, #"{"event":"dancing","RecordType":"Dance","eventType":"Dance"}"#) != nil)
  }

  @Test func eachServiceGetsItsHeader() {
    func name(_ host: String) -> String? {
      ProviderHeaders.header(recipientID: Self.id, host: host)?.name
    }
    #expect(name("smtp.sendgrid.net") == "X-SMTPAPI")
    #expect(name("SMTP.eu.mailgun.org") == "X-Mailgun-Variables")
    #expect(name("smtp.postmarkapp.com") == "X-PM-Metadata-caresphere-recipient")
    #expect(name("email-smtp.eu-west-1.amazonaws.com") == "X-SES-MESSAGE-TAGS")
    #expect(name("mail.grace.example") == nil && name("notsendgrid.net") == nil)
  }
}
