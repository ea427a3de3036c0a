/// One recipient of one message, claimed by this run.
struct ClaimedRecipient: Sendable {
  /// `message_recipients.row_id`.
  var row: Int
  var id: String
  var messageID: String
  var memberID: String
  var email: String?
  var phone: String?
  /// How many attempts there were before.
  var attempts: Int
  var firstAttemptAt: Timestamp?

  /// How reports call the recipient: by the address, or the member's id where there is none.
  var name: String { email ?? phone ?? memberID }
}

/// A claimed recipient with what is to be handed over.
struct DeliveryJob: Sendable {
  var recipient: ClaimedRecipient
  var outgoing: Outgoing
  /// How many segments an SMS has.
  var segments: Int?
}

/// What has become of a recipient in this run.
enum RecipientResult: Equatable, Sendable {
  case sent(providerID: String?, segments: Int?)
  /// Refused for now, in these words.
  case deferred(String)
  /// Not to be tried again.
  case failed(String, isHardBounce: Bool, isAttempt: Bool)
  case skipped(String)
  case held(String)
}
