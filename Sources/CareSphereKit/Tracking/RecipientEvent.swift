/// What is told of a message after it has left: `message_events.event`.
public enum EventKind: String, CaseIterable, Sendable {
  case delivered, opened, clicked
  case softBounced = "soft_bounced"
  case hardBounced = "hard_bounced"
  case complained, unsubscribed
}

/// One thing that is told of one recipient, by whoever carried the message.
public struct RecipientEvent: Equatable, Sendable {
  /// What happened; a click is counted as an opening, too.
  public var kind: EventKind
  /// When it happened, by the clock of whoever tells of it.
  public var at: Timestamp
  /// Which link was followed.
  public var url: String?
  /// The teller's own name of the event, with the teller's name before it: the same one counts once.
  public var eventID: String?
  /// The words of the server that refused, or of whoever complained.
  public var detail: String?
  /// Of a soft bounce, whether this message is given up with it; the address may still be good for the next.
  public var endsDelivery = false
  /// Whom it is about: all that is known of it, of which the surest that is there decides.
  public var clues: RecipientClues

  /// - Parameters:
  ///   - at: by the clock of whoever tells of it.
  ///   - clues: whom it is about.
  public init(_ kind: EventKind, at: Timestamp, clues: RecipientClues) {
    self.kind = kind
    self.at = at
    self.clues = clues
  }
}

/// What a teller knows of the recipient.
public struct RecipientClues: Equatable, Sendable {
  /// The id of the recipient, as we gave it away. Where it is there, nothing else is looked at.
  public var recipientID: String?
  /// The id of the message, which tells the recipient together with the address.
  public var messageID: String?
  /// Message-IDs, with or without angle brackets: before the at sign of ours stands the recipient's id.
  public var mailIDs: [String] = []
  /// What a gateway calls the message: `message_recipients.provider_id`.
  public var providerIDs: [String] = []
  /// The e-mail address or phone number it went to.
  public var address: String?

  /// - Parameter recipientID: where it is known nothing else is looked at.
  public init(recipientID: String? = nil) { self.recipientID = recipientID }

  /// The id of the recipient that a Message-ID of ours has before its at sign (see `MessageComposer`); nil where it
  /// has none.
  static func recipientID(inMailID text: String) -> String? {
    let local = text.trimmingPrefix { $0 == " " || $0 == "<" }.prefix { $0 != "@" }.lowercased()
    return UUIDText.isValid(local) ? local : nil
  }
}
