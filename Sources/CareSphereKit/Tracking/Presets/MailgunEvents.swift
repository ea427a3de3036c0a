import TextFormats

/// The events that Mailgun posts (Mailgun, "Webhook Payloads"): `{"signature":…,"event-data":…}`, or the second alone,
/// as its events API lists them.
enum MailgunEvents {
  static func read(_ body: EventFields) throws(EventProblem) -> EventPreset.Reading {
    let isWrapped = body.object["event-data"] != nil
    let fields = isWrapped ? body.inner("event-data") : body
    let name = try fields.required("event")
    if ignored.contains(name) { return .ignored }
    guard let (kind, ends) = kind(name, fields) else { throw .unknownKind("event", name) }
    let at = try fields.epoch("timestamp")
    var clues = RecipientClues(recipientID: fields.inner("user-variables").recipientID)
    let mailID = fields.inner("message").inner("headers").text("message-id")
    clues.mailIDs = mailID.map { [$0] } ?? []
    clues.providerIDs = clues.mailIDs
    clues.address = fields.text("recipient")
    var event = RecipientEvent(kind, at: at, clues: clues)
    event.endsDelivery = ends
    event.url = kind == .clicked ? fields.text("url") : nil
    let status = fields.inner("delivery-status")
    if kind == .hardBounced || kind == .softBounced {
      event.detail = [status.text("code"), status.text("message") ?? status.text("description")]
        .compactMap { $0 }.joined(separator: " ")
    }
    event.eventID = eventID(event, fields.text("id"), mailID)
    return .event(event)
  }

  private static let ignored: Set = [
    "accepted", "rejected", "stored", "list_member_uploaded", "list_member_upload_error", "list_uploaded",
    "email_validation",
  ]

  /// Mailgun's ids are unique within a day. What it puts off it tries again, and tells of each time: of one mail that
  /// is one soft bounce.
  private static func eventID(_ event: RecipientEvent, _ id: String?, _ mailID: String?) -> String? {
    if event.kind == .softBounced, !event.endsDelivery, let mailID {
      return EventPreset.mailgun.eventID("temporary", mailID, event.clues.address ?? "")
    }
    return id.map { EventPreset.mailgun.eventID($0, event.at.description) }
  }

  /// - Returns: what it is to us, and whether the mail is given up with it
  private static func kind(_ name: String, _ fields: EventFields) -> (EventKind, Bool)? {
    switch name {
    case "delivered": (.delivered, false)
    case "opened": (.opened, false)
    case "clicked": (.clicked, false)
    case "complained": (.complained, false)
    case "unsubscribed": (.unsubscribed, false)
    case "failed":
      fields.text("severity") == "temporary" ? (.softBounced, false) : failed(fields.text("reason") ?? "")
    default: nil
    }
  }

  private static func failed(_ reason: String) -> (EventKind, Bool) {
    switch reason {
    case "suppress-complaint": (.complained, false)
    case "suppress-unsubscribe": (.unsubscribed, false)
    // Given up after days, or refused for where it comes from: the address may be a good one.
    case "old", "espblock", "blacklisted", "greylisted": (.softBounced, true)
    default: (.hardBounced, false)
    }
  }
}
