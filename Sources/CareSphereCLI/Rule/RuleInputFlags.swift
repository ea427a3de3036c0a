import CareSphereKit
import CommandLineKit
import TextFormats

/// The flags that say what a rule is: of `rule add` and `rule update`.
enum RuleInputFlags {
  private static let words: [(option: OptionSpec, field: RuleInput.Field)] = [
    (OptionSpec("description", "TEXT", "What the rule is for"), .description),
    (
      OptionSpec(
        "trigger", "TRIGGER", "What it waits for", value: .choice(TriggerType.allCases.map(\.rawValue))),
      .triggerType
    ),
    (
      OptionSpec(
        "action", "ACTION", "What it does", value: .choice(ActionType.allCases.map(\.rawValue))), .actionType
    ),
    (
      OptionSpec("where", "EXPR", "For whom: this filter expression holds, see caresphere-filter(7)"),
      .conditions
    ),
  ]

  private static let objects: [(option: OptionSpec, field: RuleInput.Field)] = [
    (OptionSpec("trigger-config", "JSON", "The trigger's settings, as an object"), .triggerConfig),
    (OptionSpec("action-config", "JSON", "The action's settings, as an object"), .actionConfig),
    (
      OptionSpec("conditions", "JSON", "For whom: fields and the values they have to have, as an object"),
      .conditions
    ),
  ]

  private static let shorthands: [(option: OptionSpec, shorthand: RuleInput.Shorthand, isNumber: Bool)] = [
    (OptionSpec("delay", "MINUTES", "How long after the event"), .delay, true),
    (OptionSpec("offset-days", "N", "How many days after the date; below 0 is before"), .offsetDays, true),
    (OptionSpec("at", "HH:MM", "At what time of the day"), .at, false),
    (OptionSpec("cron", "EXPR", "When: five fields as crontab(5) has them"), .cron, false),
    (
      OptionSpec("template", "TEMPLATE", "Send this template", value: .name("template")), .template, false
    ),
    (
      OptionSpec(
        "message-type", "TYPE", "Which way it is sent; the template's, else email by default",
        value: .choice(MessageType.allCases.map(\.rawValue))), .messageType, false
    ),
    (OptionSpec("tag", "TAG", "The action's tag, or the trigger's where the action has none"), .tag, false),
    (
      OptionSpec(
        "group", "GROUP", "The action's group, or the trigger's where the action has none",
        value: .name("group")), .group, false
    ),
    (OptionSpec("trigger-tag", "TAG", "The tag that is waited for"), .triggerTag, false),
    (
      OptionSpec("trigger-group", "GROUP", "The group that is waited for", value: .name("group")),
      .triggerGroup, false
    ),
  ]

  private static let set = OptionSpec(
    "set", "FIELD=VALUE", "What update_member is to set; empty empties the field", repeats: true)

  static let specs: [OptionSpec] =
    (words + objects).map(\.option) + shorthands.map(\.option) + [
      set, .flag("inactive", "Keep it, but do not let it act yet"), RequestBody.option,
    ]

  /// What was typed, unchecked.
  /// - Parameter name: what the rule is to be called, where that was typed.
  static func input(_ context: Context, name: String?) throws -> RuleInput {
    let parsed = context.parsed
    var flags: [(field: RuleInput.Field, value: JSONValue)] = words.compactMap { option, field in
      parsed.value(option.name).map { (field, .string($0)) }
    }
    for (option, field) in objects {
      if let text = parsed.value(option.name) { flags.append((field, try json(text, of: option))) }
    }
    if let name { flags.append((.name, .string(name))) }
    if parsed.has("inactive") { flags.append((.isActive, false)) }
    if parsed.has("active") { flags.append((.isActive, true)) }
    var settings: [(shorthand: RuleInput.Shorthand, value: JSONValue)] = shorthands.compactMap {
      option, shorthand, isNumber in
      parsed.value(option.name).map { (shorthand, isNumber ? number($0) : .string($0)) }
    }
    if parsed.has(set.name) { settings.append((.set, .object(try assignments(parsed.values(set.name))))) }
    return try RuleInput(flags: flags, shorthands: settings, body: try RequestBody.read(context))
  }

  private static func json(_ text: String, of option: OptionSpec) throws -> JSONValue {
    if text.isEmpty { return .null }
    do {
      return try JSONParser.parse(text)
    } catch {
      throw CareError(
        .validation, "\(option.flag) is not a JSON document",
        details: .fields([.init(option.name, error.description)]))
    }
  }

  /// A number where it is one, so that whatever is none is told of with everything else.
  private static func number(_ text: String) -> JSONValue {
    Int(text).map(JSONValue.integer) ?? .string(text)
  }

  private static func assignments(_ pairs: [String]) throws(CareError) -> JSONObject {
    var object = JSONObject()
    for pair in pairs {
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      guard parts.count == 2, let name = parts.first, let value = parts.last, !name.isEmpty else {
        throw CareError(.usage, "“\(pair)” sets nothing", hint: "write it as FIELD=VALUE")
      }
      guard object[name] == nil else {
        throw CareError(.usage, "“\(name)” is set twice", hint: "say once what it is to be")
      }
      object[name] = .string(value)
    }
    return object
  }
}
