import TextFormats

/// The events that Postmark posts (Postmark, "Webhooks overview"), told apart by their `RecordType`.
enum PostmarkEvents {
  static func read(_ fields: EventFields) throws(EventProblem) -> EventPreset.Reading {
    let record = try record(fields)
    guard let (kind, ends) = try kind(record, fields) else { return .ignored }
    var clues = RecipientClues(recipientID: fields.inner("Metadata").recipientID)
    clues.providerIDs = fields.texts("MessageID")
    clues.mailIDs = clues.providerIDs
    clues.address = fields.text("Recipient") ?? fields.text("Email")
    var event = RecipientEvent(kind, at: try fields.time(timeField(record)), clues: clues)
    event.endsDelivery = ends
    if record == "Click" { event.url = fields.text("OriginalLink") }
    if record == "Bounce" || record == "SpamComplaint" {
      event.detail = fields.text("Details") ?? fields.text("Description")
      event.eventID = fields.text("ID").map { EventPreset.postmark.eventID($0) }
    }
    return .event(event)
  }

  /// Bodies of the first years name no type, but each has a time of its own.
  private static func record(_ fields: EventFields) throws(EventProblem) -> String {
    if let record = fields.text("RecordType") { return record }
    if fields.object["BouncedAt"] != nil { return "Bounce" }
    if fields.object["DeliveredAt"] != nil { return "Delivery" }
    throw EventProblem("RecordType", "is missing")
  }

  private static func timeField(_ record: String) -> String {
    switch record {
    case "Delivery": "DeliveredAt"
    case "Bounce", "SpamComplaint": "BouncedAt"
    case "SubscriptionChange": "ChangedAt"
    default: "ReceivedAt"
    }
  }

  /// - Returns: what it is to us, and whether the mail is given up with it; nil for what changes nothing
  private static func kind(
    _ record: String, _ fields: EventFields
  ) throws(EventProblem) -> (EventKind, Bool)? {
    switch record {
    case "Delivery": (.delivered, false)
    case "Open": (.opened, false)
    case "Click": (.clicked, false)
    case "SpamComplaint": (.complained, false)
    case "Bounce": try bounce(try fields.required("Type"))
    case "SubscriptionChange": subscription(fields)
    case "Inbound": nil
    default: throw .unknownKind("RecordType", record)
    }
  }

  private static func subscription(_ fields: EventFields) -> (EventKind, Bool)? {
    // Who may be written to again is for us to say, on the person's own wish.
    guard fields.object["SuppressSending"] == .bool(true) else { return nil }
    switch fields.text("SuppressionReason") {
    case "HardBounce": return (.hardBounced, false)
    case "SpamComplaint": return (.complained, false)
    default: return (.unsubscribed, false)
    }
  }

  /// By Postmark's list of bounce types.
  private static func bounce(_ type: String) throws(EventProblem) -> (EventKind, Bool)? {
    switch type {
    case "HardBounce", "BadEmailAddress": (.hardBounced, false)
    case "SpamComplaint": (.complained, false)
    case "Unsubscribe": (.unsubscribed, false)
    case "Transient", "DnsError": (.softBounced, false)
    case "SoftBounce", "Undeliverable", "Unknown", "Blocked", "SpamNotification", "VirusNotification",
      "ManuallyDeactivated", "Unconfirmed", "SMTPApiError", "DMARCPolicy", "TemplateRenderingFailed":
      (.softBounced, true)
    case "Subscribe", "AutoResponder", "AddressChange", "OpenRelayTest", "ChallengeVerification",
      "InboundError":
      nil
    default: throw .unknownKind("Type", type)
    }
  }
}
