/// What a rule waits for, in detail.
public enum RuleTrigger: Equatable, Sendable {
  case event(EventTrigger)
  case date(DateTrigger)
  case schedule(CronSchedule)
  /// For so many days nothing was heard of somebody.
  case inactivity(days: Int)
}

/// An event, and what narrows it.
public struct EventTrigger: Equatable, Sendable {
  /// Of what follows only the delay, and what is said to be of this event, counts.
  public var event: RuleEventType
  /// In minutes, from the event to the effect.
  public var delay = 0
  /// `member_updated`: one of these fields; any where none is named.
  public var fields: [String] = []
  /// `status_changed`: nil is any.
  public var from: MemberStatus?
  /// `status_changed`: nil is any but `archived`.
  public var to: MemberStatus?
  /// `group_joined`, `group_left`: the id of the group; nil is any.
  public var group: String?
  /// `tag_added`: nil is any.
  public var tag: String?
  /// `message_…`: the id of the message; nil is any.
  public var message: String?

  /// Any such event, at once.
  public init(_ event: RuleEventType) { self.event = event }
}
