import TextFormats

/// The events that Amazon SES publishes (Amazon SES Developer Guide, "Contents of event data that Amazon SES publishes
/// to Amazon SNS"): within a notification of SNS as text, or as they are, as with raw delivery or Firehose.
enum SESEvents {
  static func read(_ body: EventFields) throws(EventProblem) -> [EventPreset.Reading] {
    guard let type = body.text("Type"), body.object["mail"] == nil else {
      return try read(body, notification: nil)
    }
    guard type == "Notification" else { return [.ignored] }
    // What SNS says itself, that a topic is confirmed, is text.
    let text = try body.required("Message")
    guard let object = JSONObject(parsing: text) else {
      if text.first == "{" { throw EventProblem("Message", "is no JSON") }
      return [.ignored]
    }
    return try read(EventFields(object), notification: body.text("MessageId"))
  }

  /// - Parameter notification: the id that SNS gave it, the same each time it is posted.
  private static func read(
    _ fields: EventFields, notification: String?
  ) throws(EventProblem) -> [EventPreset.Reading] {
    guard let name = fields.text("eventType") ?? fields.text("notificationType") else {
      throw EventProblem("eventType", "is missing, and notificationType too")
    }
    guard let (kind, ends, part) = try kind(name, fields) else { return [.ignored] }
    let mail = fields.inner("mail")
    let details = fields.inner(part)
    // Of opens and clicks it is not told by whom; each mail of ours goes to one address.
    let people = details.list("bouncedRecipients") + details.list("complainedRecipients")
    var addresses = people.compactMap { $0.text("emailAddress") } + details.texts("recipients")
    if addresses.isEmpty { addresses = mail.texts("destination") }
    if addresses.isEmpty { throw EventProblem("mail.destination", "is missing") }
    let at = try time(details, mail)
    return addresses.map { address in
      var clues = clues(mail)
      clues.address = address
      var event = RecipientEvent(kind, at: at, clues: clues)
      event.endsDelivery = ends
      event.url = kind == .clicked ? details.text("link") : nil
      event.detail =
        people.first { $0.text("emailAddress") == address }?.text("diagnosticCode")
        ?? details.text("complaintFeedbackType")
      event.eventID = (details.text("feedbackId") ?? notification).map {
        EventPreset.ses.eventID($0, address)
      }
      return .event(event)
    }
  }

  /// - Returns: what it is to us, whether the mail is given up with it, and which part tells more; nil for what
  ///   changes nothing
  private static func kind(
    _ name: String, _ fields: EventFields
  ) throws(EventProblem) -> (EventKind, Bool, part: String)? {
    switch name {
    case "Delivery": return (.delivered, false, "delivery")
    case "Open": return (.opened, false, "open")
    case "Click": return (.clicked, false, "click")
    case "Complaint": return (.complained, false, "complaint")
    case "Bounce":
      let isHard = fields.inner("bounce").text("bounceType") == "Permanent"
      return isHard ? (.hardBounced, false, "bounce") : (.softBounced, true, "bounce")
    case "Subscription":
      let preferences = fields.inner("subscription").inner("newTopicPreferences")
      return preferences.object["unsubscribeAll"] == .bool(true)
        ? (.unsubscribed, false, "subscription") : nil
    case "Send", "Reject", "DeliveryDelay", "Rendering Failure", "RenderingFailure", "Received",
      "AmazonSnsSubscriptionSucceeded":
      return nil
    default: throw .unknownKind("eventType", name)
    }
  }

  private static func time(_ details: EventFields, _ mail: EventFields) throws(EventProblem) -> Timestamp {
    if details.object["timestamp"] != nil { return try details.time("timestamp") }
    guard mail.object["timestamp"] != nil else { throw EventProblem("timestamp", "is missing") }
    return try mail.time("timestamp")
  }

  /// SES has a Message-ID of its own in place of ours, but may send along the headers as they came, and tags.
  private static func clues(_ mail: EventFields) -> RecipientClues {
    var clues = RecipientClues(recipientID: mail.inner("tags").recipientID)
    for header in mail.list("headers") {
      guard let name = header.text("name")?.lowercased(), let value = header.text("value") else { continue }
      if name == "message-id" { clues.mailIDs.append(value) }
      let id = value.lowercased()
      if name == ProviderHeaders.recipientHeader.lowercased(), UUIDText.isValid(id) { clues.recipientID = id }
    }
    clues.mailIDs += mail.inner("commonHeaders").texts("messageId")
    clues.providerIDs = mail.texts("messageId")
    return clues
  }
}
