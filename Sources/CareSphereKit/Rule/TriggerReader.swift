import TextFormats

extension TriggerType {
  /// The settings that it has, in the contract's order.
  public var settings: [String] {
    switch self {
    case .event(.memberCreated): ["delay"]
    case .event(.memberUpdated): ["fields", "delay"]
    case .event(.statusChanged): ["from", "to", "delay"]
    case .event(.groupJoined), .event(.groupLeft): ["group", "delay"]
    case .event(.tagAdded): ["tag", "delay"]
    case .event(.messageOpened), .event(.messageClicked), .event(.messageFailed): ["message", "delay"]
    case .birthday, .anniversary: ["offsetDays", "at", "repeat", "leapDay"]
    case .date: ["field", "offsetDays", "at", "repeat", "leapDay"]
    case .schedule: ["cron"]
    case .inactivity: ["days"]
    }
  }
}

/// Makes a trigger of its settings.
enum TriggerReader {
  /// A hundred years, in minutes.
  private static let longestDelay = 52_596_000
  /// A hundred years, in days.
  private static let mostDays = 36_525
  private static let mostTimes = 100_000

  /// - Parameter config: gets what is wrong, and the settings as they are to be stored.
  /// - Returns: nil where something is wrong
  static func read(_ type: TriggerType, _ config: inout RuleConfig) -> RuleTrigger? {
    config.checkKeys(type.settings, of: "the trigger \(type.rawValue)")
    switch type {
    case .event(let type): return .event(event(type, &config))
    case .birthday: return .date(dates(.dateOfBirth, skipsFirstYear: true, .yearly, &config))
    case .anniversary: return .date(dates(.joinDate, skipsFirstYear: true, .yearly, &config))
    case .date:
      guard let field = field(&config) else {
        _ = dates(.createdAt, skipsFirstYear: false, .once, &config)
        return nil
      }
      return .date(dates(field, skipsFirstYear: false, .once, &config))
    case .schedule: return schedule(&config)
    case .inactivity:
      config.require("days", "after how many days without activity")
      return config.integer("days", 1...mostDays, "days").map(RuleTrigger.inactivity)
    }
  }

  // MARK: Events

  private static func event(_ type: RuleEventType, _ config: inout RuleConfig) -> EventTrigger {
    var trigger = EventTrigger(type)
    let checks = MemberValues(clock: Clock(zone: .utc))
    func line(_ text: String) throws(ValueProblem) -> String? { try checks.line(text) }
    func tag(_ text: String) throws(ValueProblem) -> String? { try checks.tag(text) }
    trigger.delay = config.integer("delay", 0...longestDelay, "minutes") ?? 0
    switch type {
    case .memberCreated: break
    case .memberUpdated: trigger.fields = fields(&config)
    case .statusChanged:
      trigger.from = config.choice("from")
      trigger.to = config.choice("to")
      if let from = trigger.from, from == trigger.to {
        config.fail("to", "is the same as triggerConfig.from: that is no change")
      }
    case .groupJoined, .groupLeft: trigger.group = config.text("group", line)
    case .tagAdded: trigger.tag = config.text("tag", tag)
    case .messageOpened, .messageClicked, .messageFailed: trigger.message = config.text("message", line)
    }
    return trigger
  }

  private static func fields(_ config: inout RuleConfig) -> [String] {
    guard let raw = config.object["fields"] else { return [] }
    guard case .array(let elements) = raw else {
      config.fail("fields", "is \(RuleConfig.shown(raw)); it is a list of fields")
      return []
    }
    var fields: [String] = []
    for (index, element) in elements.enumerated() {
      guard case .string(let name) = element else {
        config.fail("fields.\(index)", "is \(RuleConfig.shown(element)); it is the name of a field")
        continue
      }
      do throws(ValueProblem) {
        let field = try RuleField.changing(name)
        if !fields.contains(field) { fields.append(field) }
      } catch {
        config.fail("fields.\(index)", error.reason)
      }
    }
    config.set("fields", .strings(fields))
    return fields
  }

  // MARK: Dates

  private static func field(_ config: inout RuleConfig) -> DateTrigger.Field? {
    config.require("field", "a date field, such as joinDate or custom.NAME")
    let name = config.text("field") { text throws(ValueProblem) in try RuleField.date(text) }
    return name.flatMap(RuleField.dateField)
  }

  private static func dates(
    _ field: DateTrigger.Field, skipsFirstYear: Bool, _ repetition: DateTrigger.Repetition,
    _ config: inout RuleConfig
  ) -> DateTrigger {
    var trigger = DateTrigger(field, skipsFirstYear: skipsFirstYear)
    trigger.repetition = self.repetition(&config) ?? repetition
    trigger.offsetDays = config.integer("offsetDays", -mostDays...mostDays, "days") ?? 0
    trigger.leapDay = config.choice("leapDay") ?? .february28
    let at = config.text("at") { text throws(ValueProblem) in try time(text).text }
    trigger.minuteOfDay = at.flatMap { try? time($0).minute } ?? 0
    return trigger
  }

  /// A time of day, `HH:MM`.
  private static func time(_ raw: String) throws(ValueProblem) -> (text: String, minute: Int) {
    let text = MemberValues.trimmed(raw)
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    let isTime =
      parts.count == 2
      && parts.allSatisfy { $0.utf8.count == 2 && $0.utf8.allSatisfy { (48...57).contains($0) } }
    guard isTime, let first = parts.first, let hour = Int(first), let last = parts.last,
      let minute = Int(last),
      hour < 24, minute < 60
    else { throw ValueProblem("is \(RuleConfig.shown(.string(raw))); it is a time of day such as 09:00") }
    return (text, hour * 60 + minute)
  }

  private static func repetition(_ config: inout RuleConfig) -> DateTrigger.Repetition? {
    switch config.object["repeat"] {
    case nil: return nil
    case .string("yearly")?: return .yearly
    case .string("once")?: return .once
    case .object(let object)?:
      let keys = ["everyDays", "times"]
      for key in object.keys where !keys.contains(key) {
        let nearest = EditDistance.nearest(to: key, in: keys).map { "did you mean \($0)?" }
        config.fail("repeat.\(key)", "is not known here; \(nearest ?? "there are everyDays and times")")
      }
      for key in keys where object[key] ?? .null == .null {
        config.fail("repeat.\(key)", "is missing: a repetition needs everyDays and times")
      }
      let days = object["everyDays"].flatMap {
        $0 == .null ? nil : config.integer($0, "repeat.everyDays", 1...mostDays, "days")
      }
      let times = object["times"].flatMap {
        $0 == .null ? nil : config.integer($0, "repeat.times", 1...mostTimes, "times")
      }
      guard let days, let times else { return nil }
      return .every(days: days, times: times)
    case let raw?:
      config.fail(
        "repeat",
        "is \(RuleConfig.shown(raw)); it is \"yearly\", \"once\" or {\"everyDays\":N,\"times\":M}")
      return nil
    }
  }

  // MARK: Schedules

  private static func schedule(_ config: inout RuleConfig) -> RuleTrigger? {
    config.require("cron", "a cron expression, such as 0 9 * * 1")
    let text = config.text("cron") { text throws(ValueProblem) in
      try CronSchedule(parsing: text).text
    }
    guard let text, let schedule = try? CronSchedule(parsing: text) else { return nil }
    return .schedule(schedule)
  }
}
