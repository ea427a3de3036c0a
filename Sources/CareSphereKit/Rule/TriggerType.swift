/// `automation_rules.trigger_type`: what a rule waits for.
public enum TriggerType: Hashable, Sendable {
  case event(RuleEventType)
  case birthday, anniversary, date, schedule, inactivity
}

extension TriggerType: CaseIterable, RawRepresentable {
  /// Every trigger, in the order of the contract.
  public static let allCases =
    RuleEventType.allCases.map(Self.event) + [.birthday, .anniversary, .date, .schedule, .inactivity]

  /// The trigger of this name; nil where there is none.
  public init?(rawValue: String) {
    guard let type = Self.allCases.first(where: { $0.rawValue == rawValue }) else { return nil }
    self = type
  }

  /// As the contract writes it; an event's own name stands for it.
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
