import TextFormats

/// What `rule add` and `rule update` were given: flags, the body of `--from-json`, and shorthands, each of which
/// stands for one setting of the trigger or the action.
public struct RuleInput: Sendable {
  /// The fields, by the names of the API design.
  public enum Field: String, CaseIterable, Sendable {
    case name, description, triggerType, triggerConfig, actionType, actionConfig, conditions, isActive
  }

  /// The flags that stand for a setting.
  public enum Shorthand: String, CaseIterable, Sendable {
    case delay, offsetDays = "offset-days", at, cron, template, messageType = "message-type", set
    /// The action's, or the trigger's where the action has none.
    case tag, group
    case triggerTag = "trigger-tag"
    case triggerGroup = "trigger-group"
  }

  private var given: [Field: JSONValue] = [:]
  private let shorthands: [(shorthand: Shorthand, value: JSONValue)]
  private var problems: [CareError.FieldProblem] = []

  /// - Parameters:
  ///   - flags: values by field, as the body would have them.
  ///   - shorthands: values by flag, as the setting would have them; each flag once.
  ///   - body: the request body of `--from-json`; `null` empties a field.
  /// - Throws: `CareError(.usage)` for a field that is given both ways.
  public init(
    flags: [(field: Field, value: JSONValue)], shorthands: [(shorthand: Shorthand, value: JSONValue)] = [],
    body: JSONValue? = nil
  ) throws {
    self.shorthands = shorthands
    for (field, value) in flags where given.updateValue(value, forKey: field) != nil {
      throw CareError.givenTwice(field.rawValue)
    }
    guard let body else { return }
    try RequestFields.read(
      body, of: "a rule",
      aliases: ["trigger": .triggerType, "action": .actionType, RuleValues.whereKey: .conditions],
      into: &given, &problems)
  }

  /// Whether nothing was given.
  public var isEmpty: Bool { given.isEmpty && shorthands.isEmpty && problems.isEmpty }

  // MARK: Values

  /// The values of a new rule.
  /// - Parameter review: looks up what it refers to.
  /// - Throws: `CareError(.validation)` with everything that is wrong, each with its JSON path;
  ///   `CareError(.usage)` for a setting that is given both ways.
  public func values(_ review: RuleReview) throws -> RuleValues { try values(over: nil, review) }

  /// The values of a rule after what was given: settings are merged key by key, and `null` takes one away; those
  /// that another trigger or action does not have are dropped.
  /// - Throws: as `values(_:)`.
  public func values(over before: RuleValues?, _ review: RuleReview) throws -> RuleValues {
    var problems = problems
    let name = text(.name, limit: 255, before?.name, &problems) ?? ""
    if name.isEmpty { Self.require(.name, "is empty: a rule needs a name", &problems) }
    let description = text(.description, limit: .max, before?.description, &problems)
    let trigger: TriggerType? = type(.triggerType, before?.triggerType, &problems)
    let action: ActionType? = type(.actionType, before?.actionType, &problems)
    var isActive = before?.isActive ?? true
    switch given[.isActive] {
    case nil: break
    case .bool(let flag)?: isActive = flag
    case let raw?:
      problems.append(.init(Field.isActive.rawValue, "is \(RuleConfig.shown(raw)); it is true or false"))
    }
    var (triggerConfig, actionConfig) = try configs(trigger, action, &problems)
    if let before, let trigger {
      triggerConfig = merged(before.triggerConfig, with: triggerConfig, keys: trigger.settings)
    }
    if let before, let action {
      actionConfig = merged(before.actionConfig, with: actionConfig, keys: action.settings)
    }
    let conditions = conditions(before?.conditions, &problems)
    let reviewed = try review.check(
      trigger: trigger.map { ($0, triggerConfig) }, action: action.map { ($0, actionConfig) },
      conditions: conditions)
    problems += reviewed.problems
    guard let trigger, let action, problems.isEmpty else {
      throw CareError.wrongValues(problems, excerpt: reviewed.excerpt)
    }
    var values = RuleValues(
      name: name, trigger: trigger, reviewed.triggerConfig, action: action, reviewed.actionConfig)
    values.description = description
    values.conditions = conditions
    values.isActive = isActive
    return values
  }

  private static func require(
    _ field: Field, _ reason: String, _ problems: inout [CareError.FieldProblem]
  ) {
    if !problems.contains(where: { $0.field == field.rawValue }) {
      problems.append(.init(field.rawValue, reason))
    }
  }

  private func text(
    _ field: Field, limit: Int, _ before: String?, _ problems: inout [CareError.FieldProblem]
  ) -> String? {
    guard let raw = given[field], raw != .null else { return given[field] == nil ? before : nil }
    guard case .string(let text) = raw else {
      problems.append(.init(field.rawValue, "is \(RuleConfig.shown(raw)); it is a text"))
      return nil
    }
    let checks = MemberValues(clock: Clock(zone: .utc))
    do throws(ValueProblem) {
      return limit == .max ? try checks.notes(text) : try checks.line(text, limit: limit)
    } catch {
      problems.append(.init(field.rawValue, error.reason))
      return nil
    }
  }

  private func type<Type: RawRepresentable & CaseIterable>(
    _ field: Field, _ before: Type?, _ problems: inout [CareError.FieldProblem]
  ) -> Type? where Type.RawValue == String {
    let words = Type.allCases.map(\.rawValue)
    switch given[field] {
    case nil where before != nil: return before
    case nil, .null?:
      problems.append(.init(field.rawValue, "is missing: it is one of \(words.joined(separator: ", "))"))
      return nil
    case .string(let word)?:
      if let type = Type(rawValue: word) { return type }
      problems.append(.init(field.rawValue, RuleConfig.notAmong(words, .string(word))))
      return nil
    case let raw?:
      problems.append(.init(field.rawValue, RuleConfig.notAmong(words, raw)))
      return nil
    }
  }

  // MARK: Settings

  /// The settings that were given, by JSON or by shorthand.
  private func configs(
    _ trigger: TriggerType?, _ action: ActionType?, _ problems: inout [CareError.FieldProblem]
  ) throws -> (trigger: JSONObject, action: JSONObject) {
    var configs: [Field: JSONObject] = [:]
    for field in [Field.triggerConfig, .actionConfig] {
      switch given[field] {
      case nil, .null?: configs[field] = JSONObject()
      case .object(let object)?: configs[field] = object
      case let raw?:
        problems.append(
          .init(field.rawValue, "is \(RuleConfig.shown(raw)); it is an object, such as {\"key\":\"value\"}"))
      }
    }
    for (shorthand, value) in shorthands {
      let (field, key) = Self.setting(shorthand, trigger, action)
      if configs[field]?[key] != nil { throw CareError.givenTwice("\(field.rawValue).\(key)") }
      configs[field]?[key] = value
    }
    return (configs[.triggerConfig] ?? JSONObject(), configs[.actionConfig] ?? JSONObject())
  }

  /// What a shorthand stands for.
  private static func setting(
    _ shorthand: Shorthand, _ trigger: TriggerType?, _ action: ActionType?
  ) -> (field: Field, key: String) {
    func shared(_ key: String) -> (Field, String) {
      let isTriggers = action?.settings.contains(key) == false && trigger?.settings.contains(key) == true
      return (isTriggers ? .triggerConfig : .actionConfig, key)
    }
    switch shorthand {
    case .delay: return (.triggerConfig, "delay")
    case .offsetDays: return (.triggerConfig, "offsetDays")
    case .at: return (.triggerConfig, "at")
    case .cron: return (.triggerConfig, "cron")
    case .triggerTag: return (.triggerConfig, "tag")
    case .triggerGroup: return (.triggerConfig, "group")
    case .template: return (.actionConfig, "templateId")
    case .messageType: return (.actionConfig, "messageType")
    case .set: return (.actionConfig, "set")
    case .tag: return shared("tag")
    case .group: return shared("group")
    }
  }

  /// Settings where others are laid over them.
  private func merged(_ before: JSONObject, with new: JSONObject, keys: [String]) -> JSONObject {
    var result = JSONObject(before.members.filter { keys.contains($0.key) }.map { ($0.key, $0.value) })
    func isGiven(_ key: String) -> Bool { new[key] ?? .null != .null }
    // One takes the place of the other: a message is from a template or has texts of its own.
    if isGiven("content") || isGiven("subject") { result["templateId"] = nil }
    if isGiven("templateId") { for key in ["subject", "content"] { result[key] = nil } }
    for member in new.members { result[member.key] = member.value }
    return result
  }

  /// Conditions are one thing: new ones take the place of the old.
  private func conditions(
    _ before: JSONObject?, _ problems: inout [CareError.FieldProblem]
  ) -> JSONObject? {
    switch given[.conditions] {
    case nil: return before
    case .null?: return nil
    case .object(let object)?: return object.isEmpty ? nil : object
    case .string(let text)?:
      return MemberValues.isBlank(text) ? nil : JSONObject([(RuleValues.whereKey, .string(text))])
    case let raw?:
      problems.append(
        .init(
          Field.conditions.rawValue,
          "is \(RuleConfig.shown(raw)); it is an object of fields and values, or a filter expression"))
      return nil
    }
  }
}
