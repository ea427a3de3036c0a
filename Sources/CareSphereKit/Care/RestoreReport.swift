import TextFormats

/// What came of putting a backup back.
public struct RestoreReport: Sendable {
  /// The name that the file from before has now; nil where there was none.
  public var keptAside: String?
  /// How many records of members the database now holds, archived ones included.
  public var members = 0
  /// Logins that have ended.
  public var sessionsEnded = 0
  /// Service tokens that had been revoked since the backup was made, and stay so.
  public var tokensRevoked = 0
  /// Opt-outs and suppressed addresses that the backup lacked.
  public var optOutsKept = 0
  /// When the backup was last changed before it was made; nil where it does not say.
  public var lastChange: String?
  /// Recipients who are not written to, because they may have been since.
  public var recipientsHeld = 0
  /// The titles of the messages that they are of.
  public var messagesHeld: [String] = []
  /// Scheduled messages that became drafts, because they may have been sent since.
  public var messagesUnscheduled = 0
  /// Effects of rules that were waiting and are let go of, because they may have been had since.
  public var effectsSkipped = 0
  /// Ids of people who had been deleted since, and are back.
  public var membersReturned: [String] = []
  /// How many people the file from before has and the backup has not; nil where it could not be asked.
  public var membersLeftOut: Int?
  /// Whether the file from before could be asked what has happened since.
  public var hasAskedLive = false

  /// The figures as they are printed.
  public var json: JSONObject {
    JSONObject([
      ("keptAside", .optional(keptAside)), ("members", .integer(members)),
      ("sessionsEnded", .integer(sessionsEnded)), ("tokensRevoked", .integer(tokensRevoked)),
      ("optOutsKept", .integer(optOutsKept)), ("recipientsHeld", .integer(recipientsHeld)),
      ("messagesUnscheduled", .integer(messagesUnscheduled)), ("effectsSkipped", .integer(effectsSkipped)),
      ("membersReturned", .strings(membersReturned)),
      ("membersLeftOut", membersLeftOut.map { .integer($0) } ?? .null),
    ])
  }
}
