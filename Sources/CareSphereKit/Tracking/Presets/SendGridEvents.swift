import TextFormats

/// The events that SendGrid posts (Twilio SendGrid, "Event Webhook Reference"). Parameters of the mail stand among
/// the fields of the event.
enum SendGridEvents {
  static func read(_ fields: EventFields) throws(EventProblem) -> EventPreset.Reading {
    let name = try fields.required("event")
    if ignored.contains(name) { return .ignored }
    guard let (kind, ends) = kind(name, fields) else { throw .unknownKind("event", name) }
    var clues = RecipientClues(
      recipientID: fields.recipientID ?? fields.inner("unique_args").recipientID)
    clues.mailIDs = fields.texts("smtp-id")
    // What stands before the first full stop is what SendGrid's server answered when it took the mail.
    clues.providerIDs = fields.texts("sg_message_id").flatMap { [$0, String($0.prefix { $0 != "." })] }
    clues.address = fields.text("email")
    var event = RecipientEvent(kind, at: try fields.epoch("timestamp"), clues: clues)
    event.endsDelivery = ends
    event.url = kind == .clicked ? fields.text("url") : nil
    event.detail = fields.text("reason") ?? fields.text("response")
    event.eventID = fields.text("sg_event_id").map { EventPreset.sendgrid.eventID($0) }
    return .event(event)
  }

  private static let ignored: Set = [
    "processed", "deferred", "group_resubscribe", "account_status_change",
  ]

  /// - Returns: what it is to us, and whether the mail is given up with it
  private static func kind(_ name: String, _ fields: EventFields) -> (EventKind, Bool)? {
    switch name {
    case "delivered": (.delivered, false)
    case "open": (.opened, false)
    case "click": (.clicked, false)
    case "spamreport": (.complained, false)
    case "unsubscribe", "group_unsubscribe": (.unsubscribed, false)
    // A blocked mail was refused for what it is or where it comes from; its address may be a good one.
    case "bounce": fields.text("type") == "blocked" ? (.softBounced, true) : (.hardBounced, false)
    case "dropped": dropped(fields.text("reason") ?? "")
    default: nil
    }
  }

  /// What SendGrid did not even try, for what it knows of the address from before.
  private static func dropped(_ reason: String) -> (EventKind, Bool) {
    let reason = reason.lowercased()
    if reason.hasPrefix("bounced") || reason.hasPrefix("invalid") { return (.hardBounced, false) }
    if reason.hasPrefix("spam reporting") { return (.complained, false) }
    if reason.hasPrefix("unsubscribed") { return (.unsubscribed, false) }
    return (.softBounced, true)
  }
}
