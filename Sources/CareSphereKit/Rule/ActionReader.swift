import TextFormats

extension ActionType {
  /// The settings that it has, in the contract's order.
  public var settings: [String] {
    switch self {
    case .sendMessage: ["templateId", "subject", "content", "messageType"]
    case .addTag, .removeTag: ["tag"]
    case .addToGroup, .removeFromGroup: ["group"]
    case .updateMember: ["set"]
    case .addNote: ["note", "noteType"]
    case .notifyUser: ["user", "note"]
    }
  }
}

/// Makes an action of its settings.
enum ActionReader {
  private static let checks = MemberValues(clock: Clock(zone: .utc))

  /// - Parameter config: gets what is wrong, and the settings as they are to be stored.
  /// - Returns: nil where something is wrong
  static func read(_ type: ActionType, _ config: inout RuleConfig) -> RuleAction? {
    config.checkKeys(type.settings, of: "the action \(type.rawValue)")
    switch type {
    case .sendMessage: return message(&config).map(RuleAction.sendMessage)
    case .addTag: return tag(&config).map(RuleAction.addTag)
    case .removeTag: return tag(&config).map(RuleAction.removeTag)
    case .addToGroup: return group(&config).map(RuleAction.addToGroup)
    case .removeFromGroup: return group(&config).map(RuleAction.removeFromGroup)
    case .updateMember: return update(&config).map(RuleAction.updateMember)
    case .addNote:
      let type = config.text("noteType") { text throws(ValueProblem) in try checks.line(text, limit: 50) }
      return note(&config).map { .addNote(note: $0, type: type) }
    case .notifyUser:
      config.require("user", "who is to be told: an e-mail address or id")
      let user = config.text("user") { text throws(ValueProblem) in try checks.line(text) }
      guard let note = note(&config), let user else { return nil }
      return .notifyUser(userID: user, note: note)
    }
  }

  private static func tag(_ config: inout RuleConfig) -> String? {
    config.require("tag", "the name of a tag")
    return config.text("tag") { text throws(ValueProblem) in try checks.tag(text) }
  }

  private static func group(_ config: inout RuleConfig) -> String? {
    config.require("group", "the name or id of a group")
    return config.text("group") { text throws(ValueProblem) in try checks.line(text) }
  }

  private static func note(_ config: inout RuleConfig) -> String? {
    config.require("note", "the text of it")
    return config.text("note") { text throws(ValueProblem) in
      MemberValues.isBlank(text) ? nil : try mustache(text)
    }
  }

  // MARK: Messages

  private static func message(_ config: inout RuleConfig) -> RuleMessage? {
    let type: MessageType? = config.choice("messageType")
    let subject = config.text("subject") { text throws(ValueProblem) in
      try FieldChecks.subject(.string(text))
    }
    let content = config.text("content") { text throws(ValueProblem) in
      MemberValues.isBlank(text) ? nil : try mustache(text)
    }
    let template = config.text("templateId") { text throws(ValueProblem) in try checks.line(text) }
    guard config.has("templateId") else {
      config.require("content", "a message needs templateId, or subject and content")
      return content.map { RuleMessage(.own(subject: subject, content: $0), type: type) }
    }
    for key in ["subject", "content"] where config.has(key) && !config.isWrong(key) {
      config.fail(key, "comes from the template: give templateId, or subject and content")
    }
    return template.map { RuleMessage(.template($0), type: type) }
  }

  /// A text whose Mustache is right.
  private static func mustache(_ text: String) throws(ValueProblem) -> String {
    guard let text = try checks.notes(text) else { return text }
    try FieldChecks.mustache(text)
    return text
  }

  // MARK: Fields

  private static func update(_ config: inout RuleConfig) -> RuleAssignments? {
    config.require("set", "fields and what they are to be, such as {\"memberStatus\":\"inactive\"}")
    guard let raw = config.object["set"] else { return nil }
    guard case .object(let set) = raw else {
      config.fail("set", "is \(RuleConfig.shown(raw)); it is an object of fields and values")
      return nil
    }
    if set.isEmpty { config.fail("set", "is empty: it has to name a field") }
    var assignments: [RuleAssignments.Assignment] = []
    for member in set.members {
      do throws(ValueProblem) {
        let field = try RuleField.settable(member.key)
        guard !assignments.contains(where: { $0.field == field }) else {
          throw ValueProblem("is the same field as another: \(field)")
        }
        let assignment = RuleAssignments.Assignment(field: field, value: try value(member.value))
        try check(assignment)
        assignments.append(assignment)
      } catch {
        config.fail("set.\(member.key)", error.reason)
      }
    }
    config.set("set", .object(JSONObject(assignments.map { ($0.field, $0.value) })))
    return RuleAssignments(assignments)
  }

  private static func value(_ raw: JSONValue) throws(ValueProblem) -> JSONValue {
    guard case .string(let text) = raw else { return raw }
    return .string(try mustache(text))
  }

  /// Checks a value that is the same for everybody as `member update` does; one with names in it is checked when
  /// they are filled in.
  private static func check(_ assignment: RuleAssignments.Assignment) throws(ValueProblem) {
    if case .string(let text) = assignment.value, !MustacheTemplate.parse(text).template.tags.isEmpty {
      return
    }
    do {
      _ = try RuleAssignments([assignment]).draft(values: checks) { $0 }
    } catch let error as CareError {
      guard case .fields(let problems) = error.details else { throw ValueProblem(error.message) }
      throw ValueProblem(problems.map(\.reason).joined(separator: "; "))
    } catch {
      throw ValueProblem("\(error)")
    }
  }
}
