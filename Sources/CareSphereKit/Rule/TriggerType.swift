/// `automation_rules.trigger_type`: what a rule waits for.
public enum TriggerType: Hashable, Sendable {
  case event(RuleEventType)
  case birthday, anniversary, date, schedule, inactivity
}

extension TriggerType: CaseIterable, RawRepresentable {
  public static let allCases =
    RuleEventType.allCases.map(Self.event) + [.birthday, .anniversary, .date, .schedule, .inactivity]

  public init?(rawValue: String) {
    guard let type = Self.allCases.first(where: { $0.rawValue == rawValue }) else { return nil }
    self = type
  }

  public var rawValue: String {
    switch self {
    case .event(let type): type.rawValue
    case .birthday: "birthday"
    case .anniversary: "anniversary"
    case .date: "date"
    case .schedule: "schedule"
    case .inactivity: "inactivity"
    }
  }
}

/// `automation_rules.action_type`: what a rule does.
public enum ActionType: String, CaseIterable, Sendable {
  case sendMessage = "send_message"
  case addTag = "add_tag"
  case removeTag = "remove_tag"
  case addToGroup = "add_to_group"
  case removeFromGroup = "remove_from_group"
  case updateMember = "update_member"
  case addNote = "add_note"
  case notifyUser = "notify_user"
}

/// Something that happens to a person, of which rules can hear: `rule_events.event`.
public enum RuleEventType: String, CaseIterable, Sendable {
  case memberCreated = "member_created"
  case memberUpdated = "member_updated"
  case statusChanged = "status_changed"
  case groupJoined = "group_joined"
  case groupLeft = "group_left"
  case tagAdded = "tag_added"
  case messageOpened = "message_opened"
  case messageClicked = "message_clicked"
  case messageFailed = "message_failed"
}

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
  public var event: RuleEventType
  /// In minutes, from the event to the effect.
  public var delay = 0
  /// `member_updated`: one of these fields; any where none is named.
  public var fields: [String] = []
  /// `status_changed`: nil is any.
  public var from: MemberStatus?
  public var to: MemberStatus?
  /// `group_joined`, `group_left`: the id of the group; nil is any.
  public var group: String?
  /// `tag_added`: nil is any.
  public var tag: String?
  /// `message_…`: the id of the message; nil is any.
  public var message: String?

  public init(_ event: RuleEventType) { self.event = event }
}
